using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Tour.Analysis;
using Tour.Fixing;
using Tour.Presentation;
using Tour.Running;
using Tour.Sources;

namespace Tour.Commands;

/// <summary>Takes each broken driver: finds, breaks, repairs and runs it again.</summary>
internal sealed class GuidedTour(Screen screen, CancellationToken cancellation)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Broken");

    private readonly List<string> _surprises = [];

    /// <summary>Goes round all stops.</summary>
    public async Task<int> RunAsync()
    {
        screen.Prose(
            "Five drivers, each with one mistake. Each is analyzed, run on an emulated machine until the mistake shows, repaired by the code fix that an editor "
            + "would offer, and run again.");
        foreach (var episode in Episode.All)
        {
            cancellation.ThrowIfCancellationRequested();
            await VisitAsync(episode);
        }

        screen.Heading("The tour is over");
        if (_surprises.Count == 0)
        {
            screen.Prose($"All {Episode.All.Count} drivers were flagged, went wrong, and are in order after the repair.", tone: Tone.Right);
            screen.Prose("Now yours: dotnet run --project samples/Tour -- path/to/Driver.cs", tone: Tone.Muted);
            return ExitCode.Good;
        }

        _surprises.ForEach(surprise => screen.Prose("✗ " + surprise, "  ", Tone.Wrong, ""));
        return ExitCode.Findings;
    }

    private async Task VisitAsync(Episode episode)
    {
        screen.Heading($"{episode.RuleId}: {episode.Title}");
        screen.Prose(episode.Introduction);
        var file = SourceFile.Read(Path.Combine(Folder, episode.RuleId + ".cs"), $"samples/Tour/Broken/{episode.RuleId}.cs");
        using var driver = await DriverProject.CreateAsync([file], configurations: [], cancellation);
        Expect(episode, !(await DriverProject.ErrorsAsync(driver.Project, cancellation)).Any(), "the driver does not compile");

        var findings = await Analyzers.FindAsync(driver.Project, cancellation);
        WriteFindings(findings, file);
        Expect(episode, findings.Length > 0 && findings.All(finding => finding.Id == episode.RuleId), "the analyzer does not say exactly this about it");

        Part("On the machine");
        var broken = await RunAsync(episode, driver.Project);
        Expect(episode, broken.Steps.Any(step => step.IsWrong), "nothing goes wrong on the machine");
        Expect(episode, broken.Violations.Select(violation => violation.RuleId).Distinct().SequenceEqual([episode.RuleId]), "the machine's books do not say exactly this about it");

        var repair = await new Fixer(driver, cancellation).RepairAsync(findings);
        Part(repair.Applied.Count == 0 ? "No repair is offered" : $"Repaired: {string.Join(", ", repair.Applied.Select(applied => applied.Title))}");
        foreach (var change in repair.Changes)
            DiffView.Write(screen, change, "  ");
        Expect(episode, repair is { Applied.Count: > 0, Left.Length: 0 }, "the repair does not silence the analyzer");

        Part("On the machine again");
        Expect(episode, (await RunAsync(episode, repair.Project)).IsInOrder, "it still goes wrong after the repair");
    }

    private void WriteFindings(ImmutableArray<Diagnostic> findings, SourceFile file)
    {
        foreach (var finding in findings)
        {
            screen.Blank();
            FindingView.Write(screen, finding, _ => file.Name);
        }
    }

    private async Task<Run> RunAsync(Episode episode, Project project)
    {
        using var assembly = await DriverAssembly.LoadAsync(project, cancellation);
        var run = episode.Run(assembly.CreateModule());
        RunView.Write(screen, run);
        return run;
    }

    private void Part(string title)
    {
        screen.Blank();
        screen.Line(title, Tone.Strong);
    }

    private void Expect(Episode episode, bool holds, string otherwise)
    {
        if (!holds)
            _surprises.Add($"{episode.RuleId}: {otherwise}");
    }
}
