using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.CodeFixes.Writing;

/// <summary>How a file is written, as far as its text shows. Where it shows nothing, the ways of the framework's own guidelines.</summary>
internal sealed class SourceStyle
{
    private const string DefaultIndentation = "    ";

    public SourceStyle(SyntaxNode root, CancellationToken cancellation)
    {
        Text = root.SyntaxTree.GetText(cancellation);
        NewLine = NewLineOf(Text);
        Indentation = IndentationOf(root, Text);
        BracesOnOwnLine = !IsMajority(root.DescendantNodes().OfType<BlockSyntax>().Where(block => !Text.AreOnOneLine(block.Span)), block => !Text.IsFirstOnLine(block.OpenBraceToken));
        var bodies = root.DescendantNodes().OfType<IfStatementSyntax>().Select(branch => branch.Statement).Where(body => body is not BlockSyntax { Statements.Count: not 1 }).ToArray();
        BracesAroundOne = !IsMajority(bodies, body => body is not BlockSyntax);
        BodyOnLineOfIf = IsMajority(bodies.Where(body => body is not BlockSyntax), body => !Text.IsFirstOnLine(body.GetFirstToken()));
        UsesVar = IsMajority(root.DescendantNodes().OfType<LocalDeclarationStatementSyntax>().Where(local => !local.IsConst && local.Declaration.Variables.All(variable => variable.Initializer is not null)), local => local.Declaration.Type.IsVar);
        BlankLineAfterBlock = !IsMajority(root.DescendantNodes().OfType<BlockSyntax>().Where(EndsStatementAndIsFollowed), block => !IsFollowedByBlankLine(block));
    }

    public SourceText Text { get; }

    public string NewLine { get; }

    /// <summary>One step of indentation.</summary>
    public string Indentation { get; }

    public bool BracesOnOwnLine { get; }

    /// <summary>Whether a single statement under an <c>if</c> gets braces.</summary>
    public bool BracesAroundOne { get; }

    public bool BodyOnLineOfIf { get; }

    public bool UsesVar { get; }

    public bool BlankLineAfterBlock { get; }

    /// <summary>An <c>if</c> with one statement, in lines.</summary>
    public ImmutableArray<string> If(string condition, string statement)
    {
        if (BracesAroundOne)
        {
            return If(condition, [statement]);
        }

        return BodyOnLineOfIf ? [$"if ({condition}) {statement}"] : [$"if ({condition})", Indentation + statement];
    }

    /// <summary>An <c>if</c> with a block, in lines.</summary>
    public ImmutableArray<string> If(string condition, ImmutableArray<string> statements) => Block($"if ({condition})", statements);

    /// <summary>A block of statements under a header, in lines.</summary>
    public ImmutableArray<string> Block(string header, ImmutableArray<string> statements) =>
    [
        .. BracesOnOwnLine ? [header, "{"] : (string[])[$"{header} {{"],
        .. Indented(statements),
        "}",
    ];

    /// <summary>What separates an <c>if</c> as <see cref="If(string, string)"/> writes it from the statement that follows.</summary>
    public ImmutableArray<string> Gap(ImmutableArray<string> lines) => BlankLineAfterBlock && lines.Length > 0 && lines[lines.Length - 1] == "}" ? [string.Empty] : [];

    public ImmutableArray<string> Indented(ImmutableArray<string> lines) => [.. lines.Select(line => line.Length == 0 ? line : Indentation + line)];

    /// <summary>The lines, each with the indentation and a line end.</summary>
    public string Lines(ImmutableArray<string> lines, string indentation) =>
        string.Concat(lines.Select(line => (line.Length == 0 ? line : indentation + line) + NewLine));

    private static bool IsMajority<T>(IEnumerable<T> all, Func<T, bool> has)
    {
        var (with, without) = (0, 0);
        foreach (var one in all)
        {
            if (has(one))
            {
                with++;
            }
            else
            {
                without++;
            }
        }

        return with > without;
    }

    private static string NewLineOf(SourceText text)
    {
        var first = text.Lines[0];
        return first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : "\n";
    }

    private static string IndentationOf(SyntaxNode root, SourceText text)
    {
        foreach (var (outer, inner) in NestedTokens(root))
        {
            var (less, more) = (text.IndentationAt(outer.SpanStart), text.IndentationAt(inner.SpanStart));
            if (text.IsFirstOnLine(inner) && more.Length > less.Length && more.StartsWith(less, StringComparison.Ordinal))
            {
                return more.Substring(less.Length);
            }
        }

        return DefaultIndentation;
    }

    private static IEnumerable<(SyntaxToken Outer, SyntaxToken Inner)> NestedTokens(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            switch (node)
            {
                case BlockSyntax { Statements: [var statement, ..] } block:
                    yield return (block.OpenBraceToken, statement.GetFirstToken());
                    break;
                case TypeDeclarationSyntax { Members: [var member, ..] } type:
                    yield return (type.GetFirstToken(), member.GetFirstToken());
                    break;
            }
        }
    }

    private static bool EndsStatementAndIsFollowed(BlockSyntax block) =>
        block.Parent is IfStatementSyntax { Else: null, Parent: BlockSyntax outer } owner && outer.Statements.Last() != owner;

    private bool IsFollowedByBlankLine(BlockSyntax block) =>
        block.GetLastToken().GetNextToken() is var next && next.LeadingTrivia.FirstOrDefault() is { } first && first.IsKind(SyntaxKind.EndOfLineTrivia);
}
