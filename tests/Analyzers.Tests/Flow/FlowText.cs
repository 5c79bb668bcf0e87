using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.Flow;

/// <summary>Runs the engine over a method body that calls <c>Take()</c> and <c>Give()</c> and writes its exits as text.</summary>
internal static class FlowText
{
    private const string Frame =
        """
        public class Subject
        {
            [Acquires("unit")] public void Take() { }
            [Releases("unit")] public void Give() { }
            [Acquires("unit", When = Outcome.True)] public bool TryTake() => true;
            [return: MustCheck] public bool Check() => true;
            public int Number;
            public Subject? Next;
            MEMBERS
            public RETURNS Run(bool a, bool b, int n, object o)
            {
                BODY
            }
        }
        """;

    /// <summary>One text for each exit by return, sorted: the units taken and, if there is one, the returned constant.</summary>
    public static string[] Returns(string body, string returns = "void", string members = "") =>
        [.. Run(body, returns, members).Returns.Select(TextOf).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>One text for each exit by exception.</summary>
    public static string[] Throws(string body, string members = "") =>
        [.. Run(body, "void", members).Exits.Where(exit => exit.Throws).Select(TextOf).Distinct().Order(StringComparer.Ordinal)];

    public static FunctionResult Run(string body, string returns = "void", string members = "")
    {
        var source = Frame.Replace("MEMBERS", members).Replace("RETURNS", returns).Replace("BODY", body);
        var compilation = CSharpCompilation.Create(
            "flow",
            [CSharpSyntaxTree.ParseText(source, References.ParseOptions), CSharpSyntaxTree.ParseText(References.GlobalUsings, References.ParseOptions)],
            References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var functions = new Functions(compilation, ProtocolBinder.Create(compilation)!);
        var run = compilation.GetTypeByMetadataName("Subject")!.GetMembers("Run").OfType<IMethodSymbol>().Single();
        return functions.ResultOf(run, TestContext.Current.CancellationToken);
    }

    private static string TextOf(Exit exit)
    {
        var units = exit.Final.CountsUnknown
            ? Count.Unknown
            : exit.Final.Counts.Where(counted => counted.Key.Resource == "unit").Aggregate(Count.Zero, (sum, counted) => sum.Add(counted.Value));
        return exit.Final.ReturnValue is { } value ? $"{units} returning {value}" : units.ToString();
    }
}
