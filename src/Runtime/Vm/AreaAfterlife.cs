using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What an area that has ended is left with: it tells when a driver's method still looks at it.</summary>
internal sealed class AreaAfterlife(Books books)
{
    /// <summary>Somebody asks the area for its range.</summary>
    public void Touch(VmArea area)
    {
        if (books.Context.Depth > 0)
            books.Report(RuleIds.AreaKept, area, "area", $"area {area}: looked at by {books.Context.Callback.ToString().ToLowerInvariant()} after its end");
    }
}
