using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Writing;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>A slot of an operation table that is empty, seen from the assignment that fills its counterpart.</summary>
internal sealed class EmptySlot
{
    private readonly AssignmentExpressionSyntax _filled;
    private readonly SourceStyle _style;

    private EmptySlot(AssignmentExpressionSyntax filled, string filledName, string name, bool comesFirst, SourceStyle style)
    {
        _filled = filled;
        _style = style;
        FilledName = filledName;
        Name = name;
        ComesFirst = comesFirst;
    }

    public string FilledName { get; }

    public string Name { get; }

    /// <summary>Whether the slot is declared before its counterpart, as open is before close.</summary>
    public bool ComesFirst { get; }

    /// <summary>The slot, if it takes the same functions as its counterpart.</summary>
    public static EmptySlot? Of(AssignmentExpressionSyntax filled, string name, Finding finding)
    {
        if (!filled.IsKind(SyntaxKind.SimpleAssignmentExpression) || finding.Model.GetSymbolInfo(filled.Left, finding.Cancellation).Symbol is not { } counterpart)
        {
            return null;
        }

        var members = counterpart.ContainingType.GetMembers();
        return members.FirstOrDefault(member => member.Name == name && member is IPropertySymbol or IFieldSymbol) is { } slot && SymbolEqualityComparer.Default.Equals(TypeOf(slot), TypeOf(counterpart))
            ? new EmptySlot(filled, counterpart.Name, name, members.IndexOf(slot) < members.IndexOf(counterpart), finding.Style)
            : null;
    }

    public ImmutableArray<SourceChange> Fill(string value) => _filled.Parent switch
    {
        InitializerExpressionSyntax initializer => FillInitializer(initializer, $"{Name} = {value}", value),
        ExpressionStatementSyntax statement => FillByStatement(statement, value),
        _ => [],
    };

    private static ITypeSymbol? TypeOf(ISymbol slot) => slot switch
    {
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        _ => null,
    };

    private ImmutableArray<SourceChange> FillByStatement(ExpressionStatementSyntax statement, string value)
    {
        var target = _filled.Left is MemberAccessExpressionSyntax member ? $"{member.Expression}.{Name}" : Name;
        ImmutableArray<string> filling = [$"{target} = {value};"];
        return (ComesFirst ? new StatementRewrite(statement, _style) { Before = filling } : new StatementRewrite(statement, _style) { After = filling }).Changes();
    }

    private ImmutableArray<SourceChange> FillInitializer(InitializerExpressionSyntax initializer, string element, string value)
    {
        if (initializer.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(other => other.Left is IdentifierNameSyntax name && name.Identifier.ValueText == Name) is { } empty)
        {
            return [SourceChange.Replace(_filled.SyntaxTree, empty.Right.Span, value)];
        }

        return ComesFirst ? [InsertBefore(element)] : InsertAfter(element);
    }

    private SourceChange InsertBefore(string element)
    {
        var first = _filled.GetFirstToken();
        return _style.Text.IsFirstOnLine(first)
            ? Insert(_style.Text.FirstOwnLine(first).Start, $"{_style.Text.IndentationAt(first.SpanStart)}{element},{_style.NewLine}")
            : Insert(first.SpanStart, element + ", ");
    }

    private ImmutableArray<SourceChange> InsertAfter(string element)
    {
        var last = _filled.GetLastToken();
        var comma = last.GetNextToken() is var next && next.IsKind(SyntaxKind.CommaToken) ? next : default;
        var end = comma.RawKind == 0 ? last : comma;
        if (!_style.Text.IsFirstOnLine(_filled.GetFirstToken()) || !_style.Text.IsLastOnLine(end))
        {
            return [comma.RawKind == 0 ? Insert(last.Span.End, $", {element}") : Insert(comma.Span.End, $" {element},")];
        }

        var line = _style.NewLine + _style.Text.IndentationAt(_filled.SpanStart) + element;
        return comma.RawKind == 0
            ? [Insert(last.Span.End, ","), Insert(last.EndOfLine(), line)]
            : [Insert(comma.EndOfLine(), line + ",")];
    }

    private SourceChange Insert(int position, string text) => SourceChange.Insert(_filled.SyntaxTree, position, text);
}
