using MmapAnalyzers.Annotations;
namespace MmapAnalyzers.Runtime.Memory;
/// <summary>mem_map_t</summary>
public sealed class Page
{
    /// <summary>x</summary>
    public int Number => throw new NotImplementedException();
    /// <summary>x</summary>
    public int Count => throw new NotImplementedException();
    /// <summary>x</summary>
    public bool IsReserved => throw new NotImplementedException();
    /// <summary>x</summary>
    [Acquires("page")] public void Get() => throw new NotImplementedException();
    /// <summary>x</summary>
    [Releases("page")] public void Put() => throw new NotImplementedException();
}
