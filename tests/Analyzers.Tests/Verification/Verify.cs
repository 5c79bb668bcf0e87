using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using MmapAnalyzers.Runtime;

namespace MmapAnalyzers.Tests.Verification;

/// <summary>Runs an analyzer over programs that use the runtime. Findings are marked in the source: <c>{|MMAP1001:return Errno.None;|}</c>.</summary>
internal static class Verify<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>The program compiles, and exactly the marked findings are reported.</summary>
    public static Task Reports(params string[] sources) => Run(protocol: null, sources);

    /// <summary>The program compiles and nothing is reported.</summary>
    public static Task Clean(params string[] sources)
    {
        Assert.All(sources, source => Assert.DoesNotContain("{|MMAP", source));
        return Reports(sources);
    }

    /// <summary>With a protocol text, in which findings are marked too.</summary>
    public static Task ReportsIn(string protocol, params string[] sources) => Run(protocol, sources);

    private static Task Run(string? protocol, string[] sources)
    {
        var test = new Test();
        if (protocol is not null)
        {
            test.TestState.AdditionalFiles.Add(("api.mmap-protocol.txt", protocol));
        }

        for (var index = 0; index < sources.Length; index++)
        {
            test.TestState.Sources.Add(($"Source{index}.cs", sources[index]));
        }

        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Test : CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
    {
        public Test()
        {
            References.AddTo(TestState);
            TestBehaviors |= TestBehaviors.SkipGeneratedCodeCheck;
        }

        protected override ParseOptions CreateParseOptions() => References.ParseOptions;
    }
}
