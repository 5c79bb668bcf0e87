// An upgradeable read that writes only where it has to.
namespace Usages.Locks;

internal sealed class Directory<TKey>
    where TKey : notnull
{
    private readonly ReaderWriterLockSlim _rw = new(LockRecursionPolicy.NoRecursion);
    private readonly Dictionary<TKey, int> _slots = [];

    public int SlotOf(TKey key)
    {
        _rw.EnterUpgradeableReadLock();
        try
        {
            if (_slots.TryGetValue(key, out int slot))
                return slot;

            _rw.EnterWriteLock();
            try
            {
                slot = _slots.Count;
                _slots.Add(key, slot);
                return slot;
            }
            finally
            {
                _rw.ExitWriteLock();
            }
        }
        finally
        {
            _rw.ExitUpgradeableReadLock();
        }
    }
}
