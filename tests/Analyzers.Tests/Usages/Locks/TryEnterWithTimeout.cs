// Take two locks, or neither, within a time limit.
namespace Usages.Locks;

internal sealed class Account
{
    private readonly object _lock = new();

    private decimal _balance;

    public static bool TryTransfer(Account from, Account to, decimal amount, TimeSpan limit)
    {
        if (!Monitor.TryEnter(from._lock, limit))
            return false;
        try
        {
            if (!Monitor.TryEnter(to._lock, limit))
                return false;
            try
            {
                from._balance -= amount;
                to._balance += amount;
                return true;
            }
            finally
            {
                Monitor.Exit(to._lock);
            }
        }
        finally
        {
            Monitor.Exit(from._lock);
        }
    }
}
