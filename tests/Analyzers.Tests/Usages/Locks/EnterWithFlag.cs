// What the lock statement stands for: Enter sets a flag inside the try block, and Exit asks it.
namespace Usages.Locks;

internal sealed class Registry
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Type> _types = [];

    public Type GetOrAdd(string name, Func<string, Type> load)
    {
        bool taken = false;
        try
        {
            Monitor.Enter(_gate, ref taken);
            if (!_types.TryGetValue(name, out Type? type))
            {
                type = load(name);
                _types.Add(name, type);
            }

            return type;
        }
        finally
        {
            if (taken)
                Monitor.Exit(_gate);
        }
    }
}
