// The semaphore of the operating system limits how many processes convert at once.
namespace Usages.Waiting;

internal static class Converter
{
    public static bool TryConvert(string name, Action convert)
    {
        using var machines = new Semaphore(4, 4, name);
        if (!machines.WaitOne(TimeSpan.FromSeconds(30)))
            return false;

        try
        {
            convert();
            return true;
        }
        finally
        {
            machines.Release();
        }
    }

    public static void Convert(Semaphore turn, Action convert)
    {
        turn.WaitOne();
        try
        {
            convert();
        }
        finally
        {
            turn.Release();
        }
    }
}
