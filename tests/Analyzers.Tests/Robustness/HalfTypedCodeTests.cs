using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.Robustness;

/// <summary>Analyzers run while somebody types: no state of the text may make them throw.</summary>
public sealed class HalfTypedCodeTests
{
    private const int TokenStep = 31;
    private const int DeletionsPerFile = 5;

    private static IEnumerable<string> Drivers => Analysis.SampleDrivers().Append(EveryConstructTests.Source);

    [Fact]
    public async Task A_driver_cut_off_behind_any_token()
    {
        foreach (string source in Drivers)
        {
            int index = 0;
            foreach (SyntaxToken token in Tokens(source))
            {
                if (index++ % TokenStep == 0)
                    await Analyze(source[..token.Span.End], $"cut off at {token.Span.End}");
            }
        }
    }

    [Fact]
    public async Task A_driver_without_one_of_its_tokens()
    {
        string source = EveryConstructTests.Source;
        int index = 0;
        foreach (SyntaxToken token in Tokens(source))
        {
            if (index++ % 7 == 0)
                await Analyze(source.Remove(token.SpanStart, token.Span.Length), $"without '{token}' at {token.SpanStart}");
        }
    }

    [Fact]
    public async Task A_driver_without_any_one_of_its_nodes()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        foreach (string source in Drivers)
        {
            SyntaxNode root = await Analysis.Parse(source).GetRootAsync(TestContext.Current.CancellationToken);
            SyntaxNode[] nodes = [.. root.DescendantNodes().Where(node => node.Span.Length > 0)];
            for (int i = 0; i < DeletionsPerFile; i++)
            {
                SyntaxNode node = nodes[random.Next(nodes.Length)];
                await Analyze(source.Remove(node.SpanStart, node.Span.Length), $"seed {seed}: without the {node.Kind()} at {node.SpanStart}");
            }
        }
    }

    private static IEnumerable<SyntaxToken> Tokens(string source) =>
        Analysis.Parse(source).GetRoot(TestContext.Current.CancellationToken).DescendantTokens().Where(token => token.Span.Length > 0);

    private static async Task Analyze(string source, string what)
    {
        try
        {
            await Analysis.Of(source);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Assert.Fail($"{what}: {exception.Message}\n{source}");
        }
    }
}
