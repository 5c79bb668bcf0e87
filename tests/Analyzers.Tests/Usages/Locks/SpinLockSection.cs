// A short section under a spin lock, with the flag that Enter sets.
namespace Usages.Locks;

internal sealed class FreeList
{
    private readonly int[] _free = new int[64];
    private SpinLock _spin = new(enableThreadOwnerTracking: false);
    private int _count;

    public void Push(int item)
    {
        bool taken = false;
        try
        {
            _spin.Enter(ref taken);
            if (_count < _free.Length)
                _free[_count++] = item;
        }
        finally
        {
            if (taken)
                _spin.Exit(useMemoryBarrier: false);
        }
    }

    public int Pop()
    {
        bool taken = false;
        try
        {
            _spin.Enter(ref taken);
            return _count == 0 ? -1 : _free[--_count];
        }
        finally
        {
            if (taken)
                _spin.Exit();
        }
    }
}
