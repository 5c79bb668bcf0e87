// Wait for the read lock in small steps until the caller gives up.
namespace Usages.Locks;

internal sealed class Snapshot(ReaderWriterLockSlim guard, int[] cells)
{
    public int[]? TryCopy(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            if (!guard.TryEnterReadLock(TimeSpan.FromMilliseconds(20)))
                continue;

            try
            {
                return (int[])cells.Clone();
            }
            finally
            {
                guard.ExitReadLock();
            }
        }

        return null;
    }
}
