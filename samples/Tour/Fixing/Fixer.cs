using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Tour.Analysis;
using Tour.Sources;

namespace Tour.Fixing;

/// <summary>What the repairs made of a project.</summary>
/// <param name="Project">The repaired project.</param>
/// <param name="Applied">The repairs by the titles that an editor shows, in the order they were made.</param>
/// <param name="Left">What is still found.</param>
/// <param name="Changes">The files that changed, with their new text.</param>
internal sealed record RepairResult(Project Project, IReadOnlyList<AppliedRepair> Applied, ImmutableArray<Diagnostic> Left, IReadOnlyList<ChangedFile> Changes);

/// <summary>A repair that was made.</summary>
internal sealed record AppliedRepair(string RuleId, string Title);

/// <summary>A file and its new text, in the file's own line endings.</summary>
internal sealed record ChangedFile(SourceFile File, string Text);

/// <summary>Repairs one finding after the other, and looks each time whether the program still compiles and the finding is gone.</summary>
internal sealed class Fixer(DriverProject driver, CancellationToken cancellation)
{
    private readonly HashSet<(string, string?, string, string)> _givenUp = [];
    private readonly List<AppliedRepair> _applied = [];
    private int _most;

    /// <summary>Repairs until nothing that can be repaired is left.</summary>
    public async Task<RepairResult> RepairAsync(ImmutableArray<Diagnostic> findings)
    {
        var project = driver.Project;
        _most = 10 + (3 * findings.Length);
        while (_applied.Count < _most && findings.FirstOrDefault(finding => !_givenUp.Contains(IdentityOf(finding))) is { } next)
        {
            if (await TryRepairAsync(project, next, findings) is var (repaired, left))
                (project, findings) = (repaired, left);
            else
                _givenUp.Add(IdentityOf(next));
        }

        return new RepairResult(project, _applied, findings, await ChangesAsync(project));
    }

    private async Task<(Project Project, ImmutableArray<Diagnostic> Findings)?> TryRepairAsync(Project project, Diagnostic finding, ImmutableArray<Diagnostic> findings)
    {
        if (project.GetDocument(finding.Location.SourceTree) is not { } document
            || await Repairs.OfferAsync(document, finding, cancellation) is not { } action
            || await Repairs.ApplyAsync(action, cancellation) is not { } solution)
            return null;

        var repaired = solution.GetProject(project.Id)!;
        if ((await DriverProject.ErrorsAsync(repaired, cancellation)).Any())
            return null;
        var left = await Analyzers.FindAsync(repaired, cancellation);
        if (CountOf(finding, left) >= CountOf(finding, findings))
            return null;
        _applied.Add(new AppliedRepair(finding.Id, action.Title));
        return (repaired, left);
    }

    private async Task<IReadOnlyList<ChangedFile>> ChangesAsync(Project project)
    {
        var changes = new List<ChangedFile>();
        foreach (var document in project.Documents)
        {
            var text = (await document.GetTextAsync(cancellation)).ToString();
            if (driver.FileOf(document.FilePath) is { } file && LineEndings.Restore(file.Text.ToString(), text) is var restored && restored != file.Text.ToString())
                changes.Add(new ChangedFile(file, restored));
        }

        return changes;
    }

    private static int CountOf(Diagnostic finding, ImmutableArray<Diagnostic> findings) => findings.Count(other => IdentityOf(other) == IdentityOf(finding));

    /// <summary>A finding that stays the same while lines above it move.</summary>
    private static (string Id, string? Path, string Line, string Message) IdentityOf(Diagnostic finding)
    {
        var text = finding.Location.SourceTree?.GetText();
        var line = text?.Lines.GetLineFromPosition(finding.Location.SourceSpan.Start).ToString() ?? "";
        return (finding.Id, finding.Location.SourceTree?.FilePath, line, finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }
}
