// The scope of the newer lock type in a using statement.
namespace Usages.Locks;

internal sealed class Metrics
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, double> _values = [];

    public void Record(string name, double value)
    {
        using (_lock.EnterScope())
        {
            _values[name] = value;
        }
    }

    public double Sum()
    {
        using Lock.Scope scope = _lock.EnterScope();
        double sum = 0;
        foreach (double value in _values.Values)
            sum += value;
        return sum;
    }
}
