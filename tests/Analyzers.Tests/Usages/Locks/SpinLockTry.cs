// Steal work from another queue only if its spin lock is free.
namespace Usages.Locks;

internal sealed class WorkQueue
{
    private readonly Stack<Action> _work = new();
    private SpinLock _spin;

    public bool TrySteal(out Action? item)
    {
        item = null;
        bool taken = false;
        try
        {
            _spin.TryEnter(0, ref taken);
            if (!taken)
                return false;
            return _work.TryPop(out item);
        }
        finally
        {
            if (taken)
                _spin.Exit(false);
        }
    }
}
