using MmapAnalyzers.Annotations;
namespace MmapAnalyzers.Runtime.Memory;
/// <summary>mem_map</summary>
public sealed class MemMap
{
    /// <summary>x</summary>
    public int Count => throw new NotImplementedException();
    /// <summary>x</summary>
    [AliasOf("number")] public Page this[int number] => throw new NotImplementedException();
}
