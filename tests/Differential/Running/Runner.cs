using MmapAnalyzers.Differential.Comparing;
using MmapAnalyzers.Differential.Emulated;
using MmapAnalyzers.Differential.Host;
using MmapAnalyzers.Differential.Programs;

namespace MmapAnalyzers.Differential.Running;

/// <summary>Runs whole programs, each on a fresh machine and an empty arena of the host.</summary>
/// <param name="newDevice">Makes the machine's device.</param>
internal sealed class Runner(Func<MemoryDevice> newDevice) : IDisposable
{
    private readonly HostSide _host = new();
    private readonly Situation _situation = new();

    public Runner()
        : this(() => new MemoryDevice())
    {
    }

    /// <summary>Makes up a program while it runs.</summary>
    /// <param name="seed">What it depends on.</param>
    /// <param name="operations">How many operations are compared.</param>
    /// <param name="cancellation">Ends it early.</param>
    public ProgramRun Run(int seed, long operations, CancellationToken cancellation)
    {
        using var execution = new Execution(_host, newDevice(), _situation);
        var generator = new Generator(seed);
        List<Operation> program = [];
        Divergence? divergence = null;
        while (divergence is null && execution.Compared < operations && !cancellation.IsCancellationRequested)
        {
            Operation operation = generator.Next(_situation);
            program.Add(operation);
            divergence = execution.Step(operation);
        }

        return new ProgramRun(seed, program, execution.Compared, divergence ?? execution.Finish());
    }

    /// <summary>Runs a given program.</summary>
    /// <param name="program">Its operations.</param>
    /// <param name="except">A known difference that is taken for none.</param>
    /// <returns>The first divergence, or null.</returns>
    public Divergence? Run(IEnumerable<Operation> program, KnownDifference? except = null)
    {
        using var execution = new Execution(_host, newDevice(), _situation) { Except = except };
        foreach (Operation operation in program)
        {
            if (execution.Step(operation) is { } divergence)
                return divergence;
        }

        return execution.Finish();
    }

    public void Dispose() => _host.Dispose();
}
