using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmapAnalyzers.CodeFixes.Writing;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>A lambda for the empty slot, after the manner of the lambda in the other.</summary>
internal static class CounterpartLambda
{
    public static Counterpart? Of(ExpressionSyntax model, string text, Finding finding)
    {
        if (model is not AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: (int)SyntaxKind.None } function || Phrasing.Statements(text, function.Body, finding.Model) is not { IsEmpty: false } statements)
        {
            return null;
        }

        var header = finding.Style.Text.ToString(TextSpan.FromBounds(function.SpanStart, function.Body.GetFirstToken().GetPreviousToken().Span.End));
        var body = function.Body is ExpressionSyntax && statements.Length == 1 ? statements[0].TrimEnd(';') : $"{{ {string.Join(" ", statements)} }}";
        return new Counterpart($"{header} {body}", []);
    }
}
