using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Tour.Analysis;
using Tour.Fixing;
using Tour.Presentation;
using Tour.Sources;

namespace Tour.Commands;

/// <summary>Analyzes the user's own files, shows the repairs, and writes them if asked to.</summary>
internal sealed class CheckCommand(Screen screen, TextWriter errors, Progress progress, CancellationToken cancellation)
{
    private const int MostErrorsShown = 20;

    public async Task<int> RunAsync(string path, bool fix)
    {
        IReadOnlyList<SourceFile> files;
        using (progress.Start())
            files = SourceFinder.Read(path, (done, all) => progress.Show($"Reading {done} of {all} files"), cancellation);
        using var driver = await DriverProject.CreateAsync(files, EditorConfigs.For(files), cancellation);
        var names = files.ToDictionary(file => file.Path, file => file.Name);
        string NameOf(string file) => names.GetValueOrDefault(file, file);

        ImmutableArray<Diagnostic> findings;
        RepairResult repair;
        using (progress.Start())
        {
            progress.Show($"Analyzing {Amount(files.Count, "file")}");
            var compilerErrors = await DriverProject.ErrorsAsync(driver.Project, cancellation);
            if (!compilerErrors.IsEmpty)
                return Refuse(path, compilerErrors, NameOf);
            findings = await Analyzers.FindAsync(driver.Project, cancellation);
            if (!findings.IsEmpty)
                progress.Show($"Repairing {Amount(findings.Length, "finding")}");
            repair = await new Fixer(driver, cancellation).RepairAsync(findings);
        }

        foreach (var finding in findings)
        {
            FindingView.Write(screen, finding, NameOf);
            screen.Blank();
        }

        return fix ? WriteRepairs(findings, repair, NameOf) : ShowRepairs(files, findings, repair);
    }

    private int ShowRepairs(IReadOnlyList<SourceFile> files, ImmutableArray<Diagnostic> findings, RepairResult repair)
    {
        if (findings.IsEmpty)
        {
            screen.Line($"Nothing found in {Amount(files.Count, "file")}.", Tone.Right);
            return ExitCode.Good;
        }

        if (repair.Applied.Count > 0)
        {
            screen.Line("The code fixes would change:", Tone.Strong);
            foreach (var change in repair.Changes)
                DiffView.Write(screen, change);
            screen.Blank();
        }

        var offered = repair.Applied.Count > 0 ? $"{Amount(repair.Applied.Count, "repair")} offered, --fix makes them." : "No repair is offered: see the page of the rule in docs/rules.";
        screen.Line($"{Amount(findings.Length, "finding")} in {Amount(files.Count, "file")}. {offered}", Tone.Strong);
        return ExitCode.Findings;
    }

    private int WriteRepairs(ImmutableArray<Diagnostic> findings, RepairResult repair, Func<string, string> nameOf)
    {
        foreach (var change in repair.Changes)
        {
            SafeWriter.Replace(change.File, change.Text);
            DiffView.Write(screen, change);
            screen.Line($"Written: {change.File.Name}", Tone.Right);
            screen.Blank();
        }

        if (findings.IsEmpty)
            screen.Line("Nothing found, nothing written.", Tone.Right);
        else
            screen.Line($"{Amount(findings.Length, "finding")}, {Amount(repair.Applied.Count, "repair")} made, {repair.Left.Length} left.", Tone.Strong);
        foreach (var left in repair.Left)
            screen.Line($"  left: {left.Id} at {Place(left, nameOf)}", Tone.Warning);
        return repair.Left.IsEmpty ? ExitCode.Good : ExitCode.Findings;
    }

    private int Refuse(string path, ImmutableArray<Diagnostic> compilerErrors, Func<string, string> nameOf)
    {
        progress.Clear();
        errors.WriteLine($"{path} does not compile:");
        foreach (var error in compilerErrors.OrderBy(error => error.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(error => error.Location.SourceSpan.Start).Take(MostErrorsShown))
            errors.WriteLine($"  {Place(error, nameOf)}: {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}");
        if (compilerErrors.Length > MostErrorsShown)
            errors.WriteLine($"  and {compilerErrors.Length - MostErrorsShown} more");
        errors.WriteLine("It was compiled against .NET 10 and MmapAnalyzers.Runtime only. What belongs together goes into one folder: a folder is compiled as one program.");
        return ExitCode.BadInput;
    }

    private static string Place(Diagnostic diagnostic, Func<string, string> nameOf)
    {
        var span = diagnostic.Location.GetLineSpan();
        return span.IsValid && diagnostic.Location.IsInSource ? $"{nameOf(span.Path)}:{span.StartLinePosition.Line + 1}:{span.StartLinePosition.Character + 1}" : "the program";
    }

    private static string Amount(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
