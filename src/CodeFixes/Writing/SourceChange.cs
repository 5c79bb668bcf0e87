using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.CodeFixes.Writing;

/// <summary>A change of the text of one file.</summary>
internal readonly record struct SourceChange(SyntaxTree Tree, TextChange Change)
{
    public static SourceChange Insert(SyntaxTree tree, int position, string text) => Replace(tree, new TextSpan(position, 0), text);

    public static SourceChange Replace(SyntaxTree tree, TextSpan span, string text) => new(tree, new TextChange(span, text));
}
