// A handler with a filter under the lock: what it does not handle leaves through finally.
namespace Usages.Locks;

internal sealed class ConfigFile(string path)
{
    private readonly object _file = new();

    public string? Read(bool optional)
    {
        Monitor.Enter(_file);
        try
        {
            return File.ReadAllText(path);
        }
        catch (FileNotFoundException) when (optional)
        {
            return null;
        }
        finally
        {
            Monitor.Exit(_file);
        }
    }
}
