// Leave the lock while a callback runs, and take it again afterwards.
namespace Usages.Locks;

internal sealed class Publisher
{
    private readonly object _gate = new();
    private readonly Queue<string> _pending = new();
    private readonly Action<string> _publish;

    public Publisher(Action<string> publish) => _publish = publish;

    public void Flush()
    {
        while (true)
        {
            Monitor.Enter(_gate);
            if (!_pending.TryDequeue(out string? next))
            {
                Monitor.Exit(_gate);
                return;
            }

            Monitor.Exit(_gate);
            _publish(next);
        }
    }
}
