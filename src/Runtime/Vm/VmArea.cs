using MmapAnalyzers.Annotations;
using MmapAnalyzers.Runtime.Hardware;
namespace MmapAnalyzers.Runtime.Vm;
/// <summary>area</summary>
public sealed class VmArea
{
    /// <summary>x</summary>
    public UserAddress Start => throw new NotImplementedException();
    /// <summary>x</summary>
    public UserAddress End => throw new NotImplementedException();
    /// <summary>x</summary>
    public ulong Length => throw new NotImplementedException();
    /// <summary>x</summary>
    public ulong Offset { get; set; }
    /// <summary>x</summary>
    public VmFlags Flags { get; set; }
    /// <summary>x</summary>
    public PageProtection PageProtection { get; set; }
    /// <summary>x</summary>
    [Transfers("inode")] public Inode? Inode { get; set; }
    /// <summary>x</summary>
    public VmOperations? Operations { get; set; }
    /// <summary>x</summary>
    public AddressSpace AddressSpace => throw new NotImplementedException();
}
