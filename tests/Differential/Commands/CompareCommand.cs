using MmapAnalyzers.Differential.Running;
using MmapAnalyzers.Testing;
using Spectre.Console;

namespace MmapAnalyzers.Differential.Commands;

/// <summary>Runs programs on both sides and tells what came of it.</summary>
internal sealed class CompareCommand(TextWriter output, IAnsiConsole console, CancellationToken cancellation)
{
    public int Run(int seed, long operations)
    {
        if (HostKernel.WhyNot is { } reason)
        {
            output.WriteLine($"Skipped: {reason}.");
            return ExitCode.Good;
        }

        output.WriteLine($"seed {seed}");
        var campaign = new Campaign(operations, seed);
        if (console.Profile.Capabilities.Interactive)
            Watched(campaign);
        else
            campaign.Run(() => { }, cancellation);
        foreach (Finding finding in campaign.Findings)
        {
            output.WriteLine();
            output.WriteLine(finding);
        }

        output.WriteLine(campaign.Summary);
        return campaign.Divergences > 0 ? ExitCode.Divergences : campaign.Compared < operations ? ExitCode.Interrupted : ExitCode.Good;
    }

    private void Watched(Campaign campaign) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context =>
        {
            ProgressTask task = context.AddTask("operations", maxValue: campaign.Operations);
            campaign.Run(
                () =>
                {
                    task.Value = campaign.Compared;
                    task.Description = campaign.Summary;
                },
                cancellation);
        });
}
