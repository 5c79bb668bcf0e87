// A flag that only one thread can set, and that it clears again.
namespace Usages.Counters;

internal sealed class Compaction(Action<CancellationToken> compact)
{
    private int _active;

    public bool TryRun(CancellationToken cancellation)
    {
        if (Interlocked.CompareExchange(ref _active, 1, 0) != 0)
            return false;

        try
        {
            compact(cancellation);
            return true;
        }
        finally
        {
            Volatile.Write(ref _active, 0);
        }
    }
}
