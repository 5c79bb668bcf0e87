using MmapAnalyzers.Differential.Comparing;
using MmapAnalyzers.Differential.Programs;
using MmapAnalyzers.Differential.Running;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Differential.Tests;

/// <summary>Each row of the table, with a program that needs it: without a case a row would only hide something.</summary>
public sealed class KnownDifferenceTests
{
    private const ulong Page = Arena.PageSize;
    private const MapFlags Memory = MapFlags.Private | MapFlags.Anonymous;

    public static TheoryData<string> Titles => [.. Cases.Keys];

    private static IReadOnlyDictionary<string, Operation[]> Cases { get; } = new Dictionary<string, Operation[]>
    {
        ["mmap of nothing"] = [new Map(0, 0, Protection.Read, Memory, FileKind.None, 0)],
        ["shared memory without a file"] = [new Map(0, Page, Protection.Read, MapFlags.Shared | MapFlags.Anonymous, FileKind.None, 0)],
        ["offset inside a page"] =
        [
            new Map(0, Page, Protection.Read, MapFlags.Shared, FileKind.ReadWrite, 0), new Map(0, Page, Protection.Read, MapFlags.Shared, FileKind.ReadWrite, 8),
        ],
        ["order of checks"] = [new Map(8, Page, Protection.Read, MapFlags.Shared, FileKind.WriteOnly, 0)],
        ["munmap of nothing"] = [new Unmap(0, 0)],
        ["mprotect of a hole"] = [new Protect(0, Page, Protection.Read)],
        ["mremap from or to nothing"] = [new Map(0, Page, Protection.Read, Memory, FileKind.None, 0), new Remap(0, Page, 0, MremapFlags.None)],
        ["mremap that does not grow a hole"] = [new Remap(0, 2 * Page, Page, MremapFlags.None)],
        ["mremap across areas that only one side has joined"] =
        [
            new Map(0, Page, Protection.ReadWrite, Memory, FileKind.None, 0),
            new Write(0, 0, 1),
            new Map(2 * Page, Page, Protection.ReadWrite, Memory, FileKind.None, 0),
            new Write(0, 2 * Page, 1),
            new Map(Page, Page, Protection.ReadWrite, Memory, FileKind.None, 0),
            new Remap(0, 3 * Page, 4 * Page, MremapFlags.None),
        ],
        ["load where only stores are allowed"] = [new Map(0, Page, Protection.Write, Memory, FileKind.None, 0), new Write(0, 0, 1), new Read(0, 0)],
        ["load where only execution is allowed"] = [new Map(0, Page, Protection.Exec, Memory, FileKind.None, 0), new Read(0, 0)],
        ["second load beyond the end of the device"] =
        [
            new Map(0, Page, Protection.Read, MapFlags.Shared, FileKind.ReadWrite, Arena.DeviceSize), new Read(0, 0), new Read(0, 0),
        ],
        ["second store beyond the end of the device"] =
        [
            new Map(0, Page, Protection.ReadWrite, MapFlags.Shared, FileKind.ReadWrite, Arena.DeviceSize), new Write(0, 0, 1), new Write(0, 0, 1),
        ],
    };

    [Fact]
    public void Every_row_has_a_case() => Assert.Equal(KnownDifferences.All.Select(difference => difference.Title), Cases.Keys);

    [Theory]
    [MemberData(nameof(Titles))]
    public void A_row_is_needed_for_its_case_and_right_about_it(string title)
    {
        Agreement.NeedsHost();
        using var runner = new Runner();
        Assert.Null(runner.Run(Cases[title]));
        KnownDifference row = KnownDifferences.All.Single(difference => difference.Title == title);
        Assert.NotNull(runner.Run(Cases[title], except: row));
    }
}
