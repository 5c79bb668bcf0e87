using MmapAnalyzers.Annotations;

namespace AnalyzersConsumer;

/// <summary>A small driver interface of this project, with the shape of the kernel's and none of its names.</summary>
internal sealed class ViewTable
{
    [Role("open")]
    public Action<View>? Copied { get; init; }

    [Role("close")]
    public Action<View>? Gone { get; init; }
}

internal sealed class View
{
    public ViewTable? Table { get; set; }
}

internal sealed class Surface
{
    [Role("mmap", Success = Outcome.True)]
    public Func<View, bool>? Show { get; init; }
}

internal sealed class Library
{
    public int Users { get; private set; }

    [Acquires("library-use")]
    public void Use() => Users++;

    [Releases("library-use")]
    public void Drop() => Users--;
}
