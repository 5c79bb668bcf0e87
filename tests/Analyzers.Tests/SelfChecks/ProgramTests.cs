using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.SelfChecks;

/// <summary>The programs in the page about the machine run as printed, and print what the comments beside them say (<c>// 42</c>).</summary>
public sealed partial class ProgramTests
{
    private const string Page = "docs/runtime.md";

    [Fact]
    public void Every_program_prints_what_its_comments_say()
    {
        string[] programs = [.. Markdown.Blocks(Product.Read(Page), "csharp").Where(code => Printed().IsMatch(code))];

        Assert.Equal(2, programs.Length);
        Assert.All(programs, program => Assert.Equal(Printed().Matches(program).Select(match => match.Groups[1].Value), Run(program)));
    }

    private static string[] Run(string program)
    {
        MethodInfo main = Assembly.Load(Compile(program)).EntryPoint!;
        TextWriter console = Console.Out;
        var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            main.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
        }

        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    private static byte[] Compile(string program)
    {
        var compilation = CSharpCompilation.Create(
            "program",
            [CSharpSyntaxTree.ParseText(program, References.ParseOptions), CSharpSyntaxTree.ParseText(References.GlobalUsings, References.ParseOptions)],
            References.All,
            new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.ConsoleApplication));
        using var assembly = new MemoryStream();
        Assert.Empty(compilation.Emit(assembly).Diagnostics.Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        return assembly.ToArray();
    }

    [GeneratedRegex(@"^Console\.WriteLine\(.*\);\s+// (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Printed();
}
