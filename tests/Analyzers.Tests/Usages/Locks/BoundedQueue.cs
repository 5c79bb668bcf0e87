// A bounded queue: Wait and Pulse under the lock.
namespace Usages.Locks;

internal sealed class BoundedQueue<T>(int capacity)
{
    private readonly Queue<T> _items = new();
    private readonly object _gate = new();
    private bool _completed;

    public void Enqueue(T item)
    {
        Monitor.Enter(_gate);
        try
        {
            while (_items.Count == capacity)
                Monitor.Wait(_gate);
            _items.Enqueue(item);
            Monitor.PulseAll(_gate);
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    public bool TryDequeue(out T? item)
    {
        Monitor.Enter(_gate);
        try
        {
            while (_items.Count == 0 && !_completed)
                Monitor.Wait(_gate);
            bool any = _items.TryDequeue(out item);
            Monitor.PulseAll(_gate);
            return any;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
