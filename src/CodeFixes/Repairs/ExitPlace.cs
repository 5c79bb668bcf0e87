using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Writing;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>A place where a function returns a value: a return statement or an expression body.</summary>
internal sealed class ExitPlace
{
    private readonly ReturnStatementSyntax? _statement;
    private readonly ExpressionBody? _body;
    private readonly Finding _finding;

    private ExitPlace(Finding finding, ReturnStatementSyntax? statement, ExpressionBody? body, ExpressionSyntax value, ITypeSymbol type)
    {
        _finding = finding;
        _statement = statement;
        _body = body;
        Value = value;
        Type = type;
    }

    /// <summary>The returned expression.</summary>
    public ExpressionSyntax Value { get; }

    /// <summary>The type that the function returns, to which the expression is converted.</summary>
    public ITypeSymbol Type { get; }

    /// <summary>The node that new locals are declared at.</summary>
    public SyntaxNode Site => (SyntaxNode?)_statement ?? Value;

    /// <summary>The exit that the squiggle stands at.</summary>
    public static ExitPlace? Of(Finding finding)
    {
        if (finding.Outermost<ReturnStatementSyntax>() is { } statement)
        {
            return Of(finding, statement);
        }

        var expression = finding.Token.Parent?.AncestorsAndSelf().TakeWhile(node => node.SpanStart == finding.Token.SpanStart).OfType<ExpressionSyntax>().LastOrDefault(candidate => ExpressionBody.Around(candidate) is not null);
        return expression is not null && TypeOf(expression, finding) is { } bodyType ? new(finding, null, ExpressionBody.Around(expression), expression, bodyType) : null;
    }

    public static ExitPlace? Of(Finding finding, ReturnStatementSyntax statement) =>
        statement.Expression is { } returned && TypeOf(statement, finding) is { } type ? new(finding, statement, null, returned, type) : null;

    /// <summary>Runs the lines before the value is returned.</summary>
    public ImmutableArray<SourceChange> Prepend(ImmutableArray<string> lines) => _statement is not null
        ? new StatementRewrite(_statement, _finding.Style) { Before = lines }.Changes()
        : _body!.ToBlock(value => [.. lines, $"return {value};"], _finding.Style);

    /// <summary>Keeps the value in a local, runs the lines, and returns the local.</summary>
    public ImmutableArray<SourceChange> Hold(string assignment, ImmutableArray<string> lines, string local)
    {
        ImmutableArray<string> Rewritten(string value) => [assignment + value + ";", .. lines, $"return {local};"];
        return _statement is not null
            ? new StatementRewrite(_statement, _finding.Style) { Instead = Rewritten(Value.ToString()) }.Changes()
            : _body!.ToBlock(Rewritten, _finding.Style);
    }

    private static ITypeSymbol? TypeOf(SyntaxNode exit, Finding finding) =>
        FunctionBody.Around(exit) switch
        {
            null => null,
            AnonymousFunctionExpressionSyntax anonymous => finding.Model.GetSymbolInfo(anonymous, finding.Cancellation).Symbol as IMethodSymbol,
            var function => finding.Model.GetDeclaredSymbol(function, finding.Cancellation) as IMethodSymbol,
        } is { ReturnsVoid: false, ReturnsByRef: false, ReturnsByRefReadonly: false } method && method.ReturnType.TypeKind != TypeKind.Error
            ? method.ReturnType
            : null;
}
