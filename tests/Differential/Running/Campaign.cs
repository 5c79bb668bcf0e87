using MmapAnalyzers.Differential.Programs;

namespace MmapAnalyzers.Differential.Running;

/// <summary>Many programs, one after the other.</summary>
/// <param name="operations">How many operations are compared in all.</param>
/// <param name="seed">The seed of the first program; each further one has the next number.</param>
internal sealed class Campaign(long operations, int seed)
{
    /// <summary>The operations of a program: one that fails early fails again as a program of its own.</summary>
    public const int ProgramLength = 200;

    /// <summary>The divergences that are worth the time to shrink them.</summary>
    private const int MostShrunk = 3;

    private readonly List<Finding> _findings = [];

    public long Operations => operations;

    /// <summary>The operations compared so far.</summary>
    public long Compared { get; private set; }

    /// <summary>The programs that ended in a divergence so far.</summary>
    public int Divergences { get; private set; }

    /// <summary>The first of the divergences, shrunk.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The line that says it all.</summary>
    public string Summary => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Compared} operations, {Divergences} divergences");

    /// <summary>Runs until enough is compared, or until it is told to stop.</summary>
    /// <param name="progress">Called after each program.</param>
    /// <param name="cancellation">Stops it between two operations.</param>
    public void Run(Action progress, CancellationToken cancellation)
    {
        using var runner = new Runner();
        Run(runner, progress, cancellation);
    }

    /// <summary>The same, with a given runner.</summary>
    public void Run(Runner runner, Action progress, CancellationToken cancellation)
    {
        for (int next = seed; Compared < operations && !cancellation.IsCancellationRequested; next = unchecked(next + 1))
        {
            ProgramRun run = runner.Run(next, Math.Min(ProgramLength, operations - Compared), cancellation);
            Compared += run.Compared;
            if (run.Divergence is not null)
                Add(runner, run, cancellation);
            progress();
        }
    }

    private void Add(Runner runner, ProgramRun run, CancellationToken cancellation)
    {
        Divergences++;
        if (_findings.Count == MostShrunk)
            return;
        IReadOnlyList<Operation> program = Shrinker.Shrink(run.Program, part => !cancellation.IsCancellationRequested && runner.Run(part) is not null);
        _findings.Add(new Finding(run.Seed, program, runner.Run(program) ?? run.Divergence!));
    }
}
