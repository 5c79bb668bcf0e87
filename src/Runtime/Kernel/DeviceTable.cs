using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The drivers by major number (<c>chrdevs</c>) and the nodes under <c>/dev</c>.</summary>
internal sealed class DeviceTable(DriverGate gate, Books books, CallContext context)
{
    private const int MajorCount = 128;

    private readonly CharDevice?[] _devices = new CharDevice?[MajorCount];
    private readonly Dictionary<string, Inode> _nodes = [];

    public IEnumerable<Inode> Nodes => _nodes.Values;

    public Errno Register(int major, CharDevice device)
    {
        if (major == 0)
            major = Array.FindLastIndex(_devices, MajorCount - 1, MajorCount - 1, free => free is null);
        if (major < 0)
            return Errno.EBUSY;
        if (major >= MajorCount)
            return Errno.EINVAL;
        if (_devices[major] is { } other && !ReferenceEquals(other.Operations, device.Operations))
            return Errno.EBUSY;
        _devices[major] = device;
        string path = "/dev/" + device.Name;
        if (_nodes.TryGetValue(path, out Inode? node) && node.Major != major && node.Count == 0)
            _nodes.Remove(path);
        MakeNode(path, major, 0);
        return Errno.None;
    }

    public Errno Unregister(int major, string name)
    {
        if ((uint)major >= MajorCount || _devices[major]?.Name != name)
            return Errno.EINVAL;
        _devices[major] = null;
        return Errno.None;
    }

    public Errno MakeNode(string path, int major, int minor) =>
        _nodes.TryAdd(path, new Inode(path, major, minor, gate, books, context)) ? Errno.None : Errno.EEXIST;

    public Inode? FindNode(string path) => _nodes.GetValueOrDefault(path);

    public CharDevice? Find(int major) => (uint)major < MajorCount ? _devices[major] : null;
}
