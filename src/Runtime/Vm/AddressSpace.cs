namespace MmapAnalyzers.Runtime.Vm;
/// <summary>mm</summary>
public sealed class AddressSpace
{
    /// <summary>x</summary>
    public IReadOnlyList<VmArea> Areas => throw new NotImplementedException();
    /// <summary>x</summary>
    public long ResidentPages => throw new NotImplementedException();
    /// <summary>x</summary>
    public long TotalPages => throw new NotImplementedException();
}
