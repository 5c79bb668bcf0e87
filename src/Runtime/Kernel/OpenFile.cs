using MmapAnalyzers.Runtime.Vm;
namespace MmapAnalyzers.Runtime.Kernel;
/// <summary>file</summary>
public sealed class OpenFile
{
    /// <summary>x</summary>
    public Inode Inode => throw new NotImplementedException();
    /// <summary>x</summary>
    public OpenFlags Flags => throw new NotImplementedException();
    /// <summary>x</summary>
    public FileOperations Operations => throw new NotImplementedException();
    /// <summary>x</summary>
    public int Count => throw new NotImplementedException();
    /// <summary>x</summary>
    public bool CanRead => throw new NotImplementedException();
    /// <summary>x</summary>
    public bool CanWrite => throw new NotImplementedException();
    /// <summary>x</summary>
    public object? PrivateData { get; set; }
}
