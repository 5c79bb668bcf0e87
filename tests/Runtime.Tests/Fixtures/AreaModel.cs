using MmapAnalyzers.Runtime.Kernel;

namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>What a page of an address space shows.</summary>
internal enum PageKind
{
    /// <summary>Private anonymous memory.</summary>
    Memory,

    /// <summary>The device itself.</summary>
    Shared,

    /// <summary>The device until it is written, then a copy.</summary>
    Private,
}

/// <summary>One page as the naive model knows it.</summary>
/// <param name="Kind">What it shows.</param>
/// <param name="DevicePage">Which page of the device lies behind it; meaningless for memory.</param>
/// <param name="Own">The value that the process wrote into its own copy; null while it has none.</param>
internal readonly record struct ModelPage(PageKind Kind, int DevicePage, int? Own)
{
    public bool IsDevice => Kind != PageKind.Memory;
}

/// <summary>An address space as a dictionary from page numbers to what they show: no areas, no tables, no counts.</summary>
internal sealed class AreaModel(Process process)
{
    public Process Process { get; } = process;
    public Dictionary<int, ModelPage> Pages { get; private init; } = [];

    public AreaModel Fork() => new(Process.Fork()) { Pages = new Dictionary<int, ModelPage>(Pages) };

    public void Map(int page, int pages, PageKind kind, int devicePage)
    {
        for (int i = 0; i < pages; i++)
            Pages[page + i] = new ModelPage(kind, devicePage + i, null);
    }

    public void Unmap(int page, int pages)
    {
        for (int i = 0; i < pages; i++)
            Pages.Remove(page + i);
    }

    /// <summary>Moves pages and lets the mapping go on behind them.</summary>
    public void Grow(int page, int pages, int newPage, int newPages)
    {
        ModelPage first = Pages[page];
        ModelPage[] moved = [.. Enumerable.Range(page, pages).Select(i => Pages[i])];
        Unmap(page, pages);
        Map(newPage, newPages, first.Kind, first.DevicePage);
        for (int i = 0; i < pages; i++)
            Pages[newPage + i] = moved[i];
    }

    public int Read(int page, int[] device)
    {
        ModelPage entry = Pages[page];
        return entry.Own ?? (entry.IsDevice ? device[entry.DevicePage] : 0);
    }

    public void Write(int page, int value, int[] device)
    {
        ModelPage entry = Pages[page];
        if (entry.Kind == PageKind.Shared)
            device[entry.DevicePage] = value;
        else
            Pages[page] = entry with { Own = value };
    }
}
