// A cache behind a reader-writer lock: read, and if it is missing, write.
namespace Usages.Locks;

internal sealed class TypeCache<TValue>
{
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Dictionary<Type, TValue> _map = [];

    public TValue Get(Type key, Func<Type, TValue> create)
    {
        _lock.EnterReadLock();
        try
        {
            if (_map.TryGetValue(key, out TValue? known))
                return known;
        }
        finally
        {
            _lock.ExitReadLock();
        }

        TValue made = create(key);
        _lock.EnterWriteLock();
        try
        {
            if (_map.TryGetValue(key, out TValue? other))
                return other;
            _map.Add(key, made);
            return made;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }
}
