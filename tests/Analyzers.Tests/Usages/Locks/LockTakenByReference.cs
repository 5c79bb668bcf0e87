// A struct guard around a monitor: the constructor enters, Dispose leaves.
namespace Usages.Locks;

internal readonly struct Guard : IDisposable
{
    private readonly object _gate;

    public Guard(object gate)
    {
        _gate = gate;
        Monitor.Enter(gate);
    }

    public void Dispose() => Monitor.Exit(_gate);
}

internal sealed class Tally
{
    private readonly object _gate = new();
    private long _sum;

    public long Add(long value)
    {
        using (new Guard(_gate))
        {
            _sum += value;
            return _sum;
        }
    }
}
