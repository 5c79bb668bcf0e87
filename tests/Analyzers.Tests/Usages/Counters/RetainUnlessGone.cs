// A reference count that cannot come back from zero: compare and exchange in a loop.
namespace Usages.Counters;

internal sealed class RefCounted<T>(T value)
    where T : class, IDisposable
{
    private int _references = 1;

    public bool TryRetain(out T? held)
    {
        int seen = Volatile.Read(ref _references);
        while (seen > 0)
        {
            int before = Interlocked.CompareExchange(ref _references, seen + 1, seen);
            if (before == seen)
            {
                held = value;
                return true;
            }

            seen = before;
        }

        held = null;
        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
            value.Dispose();
    }
}
