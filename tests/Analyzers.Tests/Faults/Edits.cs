using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>The changes of text that faults are made of.</summary>
internal static class Edits
{
    /// <summary>A field that no program here has: what it holds has nothing to do with any unit.</summary>
    public const string OtherField = "s_other";

    private const string Nothing = "{ }";

    /// <summary>Takes a statement, or the expression of a body, away.</summary>
    public static ImmutableArray<TextChange> Remove(SyntaxNode whole) => [Replace(whole, Nothing), .. Semicolon(whole)];

    /// <summary>Puts text where a statement, or the expression of a body, is.</summary>
    public static ImmutableArray<TextChange> Rewrite(SyntaxNode whole, Func<string, string> rewrite) => whole switch
    {
        ArrowExpressionClauseSyntax arrow => [Replace(arrow, $"{{ {rewrite(arrow.Expression + ";")} }}"), .. Semicolon(whole)],
        { Parent: BlockSyntax } => [Replace(whole, rewrite(whole.ToString()))],
        _ => [Replace(whole, $"{{ {rewrite(whole.ToString())} }}")],
    };

    public static TextChange Replace(SyntaxNode node, string text) => new(node.Span, text);

    public static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);

    /// <summary>Text in a line of its own before a statement.</summary>
    public static TextChange InsertBefore(StatementSyntax statement, string text) => Insert(statement.SpanStart, text + "\n");

    /// <summary>Declares <see cref="OtherField"/> in the type around a node.</summary>
    public static TextChange DeclareOther(SyntaxNode node) =>
        Insert(node.Ancestors().OfType<TypeDeclarationSyntax>().First().OpenBraceToken.Span.End, $" internal static bool {OtherField};");

    private static IEnumerable<TextChange> Semicolon(SyntaxNode whole) => whole is ArrowExpressionClauseSyntax
        ? [new TextChange(whole.Parent!.ChildTokens().Last(static token => token.IsKind(SyntaxKind.SemicolonToken)).Span, "")]
        : [];
}
