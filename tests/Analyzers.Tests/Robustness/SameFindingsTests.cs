using Microsoft.CodeAnalysis;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.Robustness;

/// <summary>What is reported depends on the program and on nothing else.</summary>
public sealed class SameFindingsTests
{
    private static readonly SyntaxTree[] Trees =
        [Analysis.Usings, .. Analysis.SampleDrivers().Select((source, index) => Analysis.Parse(source, $"Sample{index}.cs"))];

    [Fact]
    public async Task In_whatever_order_the_files_come()
    {
        string[] expected = Lines(await Analysis.Of(Trees));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Lines(await Analysis.Of(Trees.Reverse())));
        for (int seed = 0; seed < 3; seed++)
        {
            SyntaxTree[] shuffled = [.. Trees];
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(expected, Lines(await Analysis.Of(shuffled)));
        }
    }

    [Fact]
    public async Task Concurrently_or_one_after_the_other() =>
        Assert.Equal(Lines(await Analysis.Of(Trees, concurrent: false)), Lines(await Analysis.Of(Trees, concurrent: true)));

    [Fact]
    public async Task File_by_file_or_all_at_once()
    {
        var apart = new List<Diagnostic>();
        foreach (SyntaxTree tree in Trees.Skip(1))
            apart.AddRange(await Analysis.Of([Analysis.Usings, tree]));
        Assert.Equal(Lines(await Analysis.Of(Trees)), Lines(apart));
    }

    [Fact]
    public async Task Nothing_where_no_protocol_is_known()
    {
        SyntaxTree program = Analysis.Parse(
            """
            public sealed class Area { public object? Inode { get; set; } public object? Operations { get; set; } }
            public sealed class Driver
            {
                private static int Remap() => -1;
                public int Mmap(object inode, Area area)
                {
                    Remap();
                    area.Operations = this;
                    area.Inode = inode;
                    return 0;
                }
            }
            """);
        Assert.Empty(await Analysis.Of([program], Basic.Reference.Assemblies.Net100.References.All));
    }

    [Fact]
    public async Task Nothing_in_an_empty_program() => Assert.Empty(await Analysis.Of([], References.All));

    private static string[] Lines(IEnumerable<Diagnostic> diagnostics) =>
    [
        .. from diagnostic in diagnostics
           let story = string.Join("; ", diagnostic.AdditionalLocations.Select(location => location.GetLineSpan()))
           select $"{diagnostic} <- {story}" into line
           orderby line
           select line,
    ];
}
