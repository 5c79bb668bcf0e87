using MmapAnalyzers.Runtime;
using Microsoft.Coyote;
using Microsoft.Coyote.Logging;
using Microsoft.Coyote.Rewriting;
using Microsoft.Coyote.SystematicTesting;

namespace MmapAnalyzers.Schedules;

/// <summary>Runs a scenario under many schedules, each chosen step by step; the same seed gives the same schedules.</summary>
internal static class Explorer
{
    private const uint Seed = 20040;

    /// <summary>How often in a schedule the thread that runs has to let another one go first: most mistakes need one or two such places.</summary>
    private const uint PriorityChanges = 3;

    /// <summary>Runs a scenario until a schedule breaks it.</summary>
    /// <param name="scenario">What happens; it throws when something is wrong, and leaves everything as it was found.</param>
    /// <param name="schedules">How many are tried.</param>
    public static void Explore(Action scenario, uint schedules = 30)
    {
        Assert.True(RewritingEngine.IsAssemblyRewritten(typeof(Machine).Assembly), "The build has not rewritten the machine: there would be nothing to choose.");
        Configuration configuration = Configuration.Create()
            .WithTestingIterations(schedules)
            .WithRandomGeneratorSeed(Seed)
            .WithPrioritizationStrategy(isFair: true, priorityChangeBound: PriorityChanges)
            .WithVolatileOperationRaceCheckingEnabled()
            .WithMemoryAccessRaceCheckingEnabled()
            .WithTelemetryEnabled(false);
        using TestingEngine engine = TestingEngine.Create(configuration, scenario);
        engine.SetLogger(new MemoryLogger(VerbosityLevel.None));
        engine.Run();
        if (engine.TestReport.NumOfFoundBugs > 0)
            Fail(engine);
    }

    /// <summary>Does things at the same time, each on a thread of its own.</summary>
    public static void AtOnce(params Action[] actions)
    {
        // Calls that are written out: what is hidden behind a delegate or a span is not rewritten.
        var tasks = new Task[actions.Length];
        for (int i = 0; i < actions.Length; i++)
            tasks[i] = Task.Run(actions[i]);
        Task.WaitAll(tasks);
    }

    private static void Fail(TestingEngine engine)
    {
        string trace = Path.Combine(Path.GetTempPath(), $"schedule-{Guid.NewGuid():n}.json");
        File.WriteAllText(trace, engine.ReproducibleTrace);
        Assert.Fail($"Seed {Seed}, schedule {engine.TestReport.NumOfExploredFairPaths + engine.TestReport.NumOfExploredUnfairPaths}: {string.Join('\n', engine.TestReport.BugReports)}\nIts steps are in {trace}.");
    }
}
