// A timer callback that skips its turn when the last one is still running.
namespace Usages.Locks;

internal sealed class Heartbeat(Action<DateTime> send)
{
    private readonly object _running = new();

    public int Skipped { get; private set; }

    public void OnTimer(object? state)
    {
        if (!Monitor.TryEnter(_running))
        {
            Skipped++;
            return;
        }

        try
        {
            send(DateTime.UtcNow);
        }
        finally
        {
            Monitor.Exit(_running);
        }
    }
}
