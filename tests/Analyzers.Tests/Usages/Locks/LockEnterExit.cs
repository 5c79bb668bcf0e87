// Enter and Exit of the newer lock type by hand, with a second way in that does not wait.
namespace Usages.Locks;

internal sealed class IdSource
{
    private readonly Lock _lock = new();
    private readonly Func<long> _reserve;
    private long _next;
    private long _last;

    public IdSource(Func<long> reserve) => _reserve = reserve;

    public long Next()
    {
        _lock.Enter();
        try
        {
            if (_next == _last)
            {
                _next = _reserve();
                _last = _next + 100;
            }

            return _next++;
        }
        finally
        {
            _lock.Exit();
        }
    }

    public bool TryNext(out long id)
    {
        id = 0;
        if (!_lock.TryEnter())
            return false;
        try
        {
            if (_next == _last)
                return false;
            id = _next++;
            return true;
        }
        finally
        {
            _lock.Exit();
        }
    }
}
