using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Differential.Host;

/// <summary>A process of the host: this one, or a child that does nothing but exist.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly HashSet<int> Children = [];

    private readonly bool _isChild;

    static HostProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) => EndAll();

    private HostProcess(int pid, bool isChild)
    {
        Pid = pid;
        _isChild = isChild;
        Maps = new MapsReader(pid.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public int Pid { get; }

    public MapsReader Maps { get; }

    public static HostProcess Self() => new(Environment.ProcessId, isChild: false);

    public static HostProcess Fork()
    {
        int pid = HostKernel.Fork();
        lock (Children)
            Children.Add(pid);
        return new HostProcess(pid, isChild: true);
    }

    public void Dispose()
    {
        Maps.Dispose();
        if (_isChild)
            End(Pid);
    }

    private static void End(int pid)
    {
        lock (Children)
        {
            if (Children.Remove(pid))
                HostKernel.End(pid);
        }
    }

    private static void EndAll()
    {
        lock (Children)
        {
            foreach (int pid in Children)
                HostKernel.End(pid);
            Children.Clear();
        }
    }
}
