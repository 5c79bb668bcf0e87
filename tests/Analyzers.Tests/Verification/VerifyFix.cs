using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using MmapAnalyzers.Rules;

namespace MmapAnalyzers.Tests.Verification;

/// <summary>
/// Repairs programs. Findings are marked in the source before, and the source after has none: what remains is marked there. Each repair is
/// tried alone and by Fix All in the document, the project and the solution, which must come to the same.
/// </summary>
internal static class VerifyFix<TFix>
    where TFix : CodeFixProvider, new()
{
    /// <summary>The first action that is offered makes the one source of the other.</summary>
    public static Task Repairs(string before, string after) => Run([before], [after]);

    /// <summary>The same in programs of several files.</summary>
    public static Task Repairs(string[] before, string[] after) => Run(before, after);

    /// <summary>The action with the equivalence key makes the one source of the other.</summary>
    public static Task RepairsBy(string key, string before, string after) => Run([before], [after], key);

    /// <summary>With the repairs of another rule too: neither stands in the other's way.</summary>
    public static Task RepairsWith<TOther>(string before, string after)
        where TOther : CodeFixProvider, new() => Run([before], [after], others: new TOther());

    /// <summary>The finding is reported, but nothing is offered.</summary>
    public static Task OffersNothing(params string[] sources)
    {
        Assert.Contains(sources, source => source.Contains("{|MMAP"));
        return Run(sources, sources);
    }

    /// <summary>The finding is reported, but the action with the equivalence key is not offered for it.</summary>
    public static Task OffersNothingBy(string key, string source) => Run([source], [source], key);

    private static Task Run(string[] before, string[] after, string? key = null, params CodeFixProvider[] others)
    {
        var test = new Test(others) { CodeActionEquivalenceKey = key };
        var isRepaired = !before.SequenceEqual(after);
        if (isRepaired)
        {
            test.FixedState.Sources.Add(("GlobalUsings.cs", References.GlobalUsings));
        }

        for (var index = 0; index < before.Length; index++)
        {
            test.TestState.Sources.Add(($"Source{index}.cs", before[index]));
            if (isRepaired)
            {
                test.FixedState.Sources.Add(($"Source{index}.cs", after[index]));
            }
        }

        if (others.Length > 0)
        {
            // Fix All goes by rule: one round for each.
            test.NumberOfFixAllIterations = 1 + others.Length;
        }

        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Test : CSharpCodeFixTest<ProtocolAnalyzer, TFix, DefaultVerifier>
    {
        private readonly CodeFixProvider[] _others;

        public Test(CodeFixProvider[] others)
        {
            _others = others;
            References.AddTo(TestState);
            FixedState.MarkupHandling = MarkupMode.Allow;
            TestBehaviors |= TestBehaviors.SkipGeneratedCodeCheck;
        }

        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => [.. base.GetCodeFixProviders(), .. _others];

        protected override ParseOptions CreateParseOptions() => References.ParseOptions;
    }
}
