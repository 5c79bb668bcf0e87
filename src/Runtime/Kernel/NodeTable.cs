using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The inodes that have a name: devices and the files of the one disk. Directories are not needed for that.</summary>
internal sealed class NodeTable(DriverGate gate, Books books, CallContext context, int blockSize)
{
    private readonly Dictionary<string, Inode> _nodes = [];
    private int _lastNumber;

    public IEnumerable<Inode> Nodes => _nodes.Values;

    public Inode? Find(string path) => _nodes.GetValueOrDefault(path);

    public Errno MakeDevice(string path, int major, int minor)
    {
        if (_nodes.ContainsKey(path))
            return Errno.EEXIST;
        _nodes[path] = new Inode(path, major, minor, gate, books, context) { Number = ++_lastNumber };
        return Errno.None;
    }

    /// <summary>Makes an empty file.</summary>
    /// <returns>It, or null when the name is taken.</returns>
    public Inode? MakeFile(string path)
    {
        if (_nodes.ContainsKey(path))
            return null;
        return _nodes[path] = new Inode(path, major: 0, minor: 0, gate, books, context, InodeKind.Regular) { Number = ++_lastNumber, Disk = new DiskFile(blockSize) };
    }

    /// <summary>Makes an inode that no path leads to: it goes with the last file that has it open.</summary>
    public Inode MakeNameless(string path, InodeKind kind) => new(path, major: 0, minor: 0, gate, books, context, kind) { Number = ++_lastNumber };

    public void Remove(string path) => _nodes.Remove(path);
}
