using MmapAnalyzers.Annotations;
namespace MmapAnalyzers.Runtime.Vm;
/// <summary>inode</summary>
public sealed class Inode
{
    /// <summary>x</summary>
    public int Count => throw new NotImplementedException();
    /// <summary>x</summary>
    public int Major => throw new NotImplementedException();
    /// <summary>x</summary>
    public int Minor => throw new NotImplementedException();
    /// <summary>x</summary>
    [Acquires("inode")] public void Get() => throw new NotImplementedException();
    /// <summary>x</summary>
    [Releases("inode")] public void Put() => throw new NotImplementedException();
}
