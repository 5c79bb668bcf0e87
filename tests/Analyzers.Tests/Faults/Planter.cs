using Microsoft.CodeAnalysis;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>Plants single faults into a usage, and sees which of them are found.</summary>
internal sealed class Planter(Usage usage)
{
    private readonly BoundUsage _bound = new(usage);

    /// <summary>All mutants of the usage that compile, with what is reported for each.</summary>
    public async Task<ImmutableArray<Trial>> Run()
    {
        var trials = ImmutableArray.CreateBuilder<Trial>();
        foreach (var mutant in Mutants().Where(static mutant => !mutant.Expected.IsEmpty))
        {
            var compilation = Compiled.Of([Analysis.Parse(mutant.Text)]);
            if (!Compiled.HasErrors(compilation))
                trials.Add(new Trial(mutant, [.. (await Analysis.Of(compilation, concurrent: false)).Select(Place)]));
        }

        return trials.ToImmutable();
    }

    private IEnumerable<Mutant> Mutants() =>
        [.. ReleaseFaults.In(_bound), .. MovedReleases.In(_bound), .. WrongReleases.In(_bound), .. AcquireFaults.In(_bound)];

    private static (string Id, int Line) Place(Diagnostic diagnostic) => (diagnostic.Id, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1);
}
