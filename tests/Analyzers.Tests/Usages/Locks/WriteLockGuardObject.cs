// A disposable that holds the write lock for its creator.
namespace Usages.Locks;

internal sealed class Index
{
    private readonly ReaderWriterLockSlim _lock = new();

    public IDisposable Update() => new WriteScope(_lock);

    public int Count(Func<int> count)
    {
        _lock.EnterReadLock();
        try
        {
            return count();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    private sealed class WriteScope : IDisposable
    {
        private readonly ReaderWriterLockSlim _taken;

        public WriteScope(ReaderWriterLockSlim wanted)
        {
            _taken = wanted;
            wanted.EnterWriteLock();
        }

        public void Dispose() => _taken.ExitWriteLock();
    }
}
