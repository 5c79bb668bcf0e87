using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>Plants single faults into a usage, and sees which of them are found.</summary>
internal sealed class Planter(Usage usage)
{
    private readonly BoundUsage _bound = new(usage);

    /// <summary>All mutants of the usage that compile, with the right and the other findings for each.</summary>
    public async Task<ImmutableArray<Trial>> Run()
    {
        var mutants = Mutants().Where(static mutant => !mutant.Expected.IsEmpty).ToArray();
        var trees = mutants.Select(TreeOf).ToArray();
        var compilation = Compiled.Of(trees);
        var compiling = Enumerable.Range(0, trees.Length).Where(index => !Compiled.HasErrors(compilation, trees[index])).ToArray();
        var found = await Analysis.Of(Compiled.Of(compiling.Select(index => trees[index])), concurrent: false);
        var byTree = found.ToLookup(static diagnostic => diagnostic.Location.SourceTree);
        return [.. compiling.Select(index => new Trial(mutants[index], [.. byTree[trees[index]].Select(Place)]))];
    }

    private IEnumerable<Mutant> Mutants() =>
        [.. ReleaseFaults.In(_bound), .. MovedReleases.In(_bound), .. WrongReleases.In(_bound), .. AcquireFaults.In(_bound)];

    /// <summary>Every mutant is a namespace of its own, so that all of them fit into one compilation.</summary>
    private SyntaxTree TreeOf(Mutant mutant, int index)
    {
        var name = _bound.Root.Members.OfType<BaseNamespaceDeclarationSyntax>().First().Name;
        return Analysis.Parse((mutant with { Changes = mutant.Changes.Add(Edits.Insert(name.Span.End, $".Fault{index}")) }).Text, $"{index}.cs");
    }

    private static (string Id, int Line) Place(Diagnostic diagnostic) => (diagnostic.Id, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1);
}
