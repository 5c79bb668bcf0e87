// A named mutex keeps a second installation from running; an abandoned one counts as taken.
namespace Usages.Waiting;

internal static class Installer
{
    public static int Run(string product, Func<int> install)
    {
        using var mutex = new Mutex(false, "Global\\" + product);
        bool owned;
        try
        {
            owned = mutex.WaitOne(TimeSpan.Zero, false);
        }
        catch (AbandonedMutexException)
        {
            owned = true;
        }

        if (!owned)
            return 1618;
        try
        {
            return install();
        }
        finally
        {
            mutex.ReleaseMutex();
        }
    }
}
