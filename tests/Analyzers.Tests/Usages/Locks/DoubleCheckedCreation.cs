// Double-checked creation under a lock.
namespace Usages.Locks;

internal sealed class Lazily<T>(Func<T> create)
    where T : class
{
    private readonly object _sync = new();
    private volatile T? _value;

    public T Value
    {
        get
        {
            if (_value is { } ready)
                return ready;

            Monitor.Enter(_sync);
            try
            {
                return _value ??= create();
            }
            finally
            {
                Monitor.Exit(_sync);
            }
        }
    }
}
