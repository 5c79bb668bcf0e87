using Microsoft.CodeAnalysis;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>How often the pairing rules are right: on correct programs, and on the same programs with one fault each.</summary>
public sealed class QualityTests(ITestOutputHelper output)
{
    private const int Usages = 100;

    /// <summary>What has been reached, so that it is not lost again. The aim is 0.95.</summary>
    private const double LeastShare = 0.86;

    private const double MostEquivalents = 0.03;

    [Fact]
    public void There_are_a_hundred_usages_and_each_names_its_idiom()
    {
        Assert.Equal(Usages, Usage.All.Length);
        Assert.All(Usage.All, static usage => Assert.StartsWith("// ", usage.Text));
    }

    [Fact]
    public void Correct_usages_compile() => Assert.All(Usage.All, static usage =>
    {
        var tree = usage.Tree;
        Assert.Empty(Compiled.Of([tree]).GetDiagnostics(TestContext.Current.CancellationToken).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    });

    [Fact]
    public async Task Correct_usages_are_not_reported()
    {
        var found = await Task.WhenAll(Usage.All.Select(static usage => Task.Run(() => Analysis.Of(Compiled.Of([usage.Tree])))));
        Say($"{found.Count(static reports => reports.IsEmpty)} of {Usages} correct usages without a report");
        Assert.Empty(found.SelectMany(static reports => reports));
    }

    [Fact]
    public async Task Planted_faults_are_reported_with_the_right_id_and_line()
    {
        var planted = (await Task.WhenAll(Usage.All.Select(static usage => Task.Run(() => new Planter(usage).Run())))).SelectMany(static trials => trials).ToArray();
        var trials = planted.Where(static trial => !Equivalents.Names.Contains(trial.Mutant.Name)).ToArray();
        var right = trials.Count(static trial => trial.IsRight);
        var share = (double)right / trials.Length;
        Say(FormattableString.Invariant($"{right} of {trials.Length} planted faults reported with the right id and line ({share * 100:F1} %)"));
        Assert.Equal(Equivalents.Names.Count, planted.Length - trials.Length);
        Assert.InRange(Equivalents.Names.Count, 0, planted.Length * MostEquivalents);
        Assert.True(share >= LeastShare, Report.Missed(trials));
    }

    /// <summary>Into the test's own output, and where a run of all tests shows it.</summary>
    private void Say(string line)
    {
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }
}
