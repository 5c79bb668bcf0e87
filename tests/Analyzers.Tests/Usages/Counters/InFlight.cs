// Count the requests in flight, and wait until there are none.
namespace Usages.Counters;

internal sealed class Drain
{
    private int _inFlight;
    private volatile bool _stopping;

    public async Task<bool> TryRunAsync(Func<Task> request)
    {
        if (_stopping)
            return false;

        Interlocked.Increment(ref _inFlight);
        try
        {
            await request();
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    public async Task StopAsync()
    {
        _stopping = true;
        while (Volatile.Read(ref _inFlight) > 0)
            await Task.Delay(10);
    }
}
