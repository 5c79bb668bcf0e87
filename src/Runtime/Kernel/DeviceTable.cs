using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The drivers by major number (<c>chrdevs</c>).</summary>
internal sealed class DeviceTable(NodeTable nodes)
{
    private const int MajorCount = 128;

    private readonly CharDevice?[] _devices = new CharDevice?[MajorCount];

    /// <summary>Registers a driver and makes its node under <c>/dev</c>, if there is none.</summary>
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
        if (nodes.Find(path) is { } node && node.Major != major && node.Count == 0)
            nodes.Remove(path);
        nodes.MakeDevice(path, major, 0);
        return Errno.None;
    }

    public Errno Unregister(int major, string name)
    {
        if ((uint)major >= MajorCount || _devices[major]?.Name != name)
            return Errno.EINVAL;
        _devices[major] = null;
        return Errno.None;
    }

    public CharDevice? Find(int major) => (uint)major < MajorCount ? _devices[major] : null;
}
