using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>A helper that hands a reference over, and by what its caller can tell whether it did.</summary>
/// <remarks>Only helpers that are plain enough to be told by their shape; for others no repair is offered.</remarks>
internal sealed class TransferringHelper
{
    private readonly object? _success;

    private TransferringHelper(bool alwaysTransfers, string? success, object? value)
    {
        AlwaysTransfers = alwaysTransfers;
        Success = success;
        _success = value;
    }

    public bool AlwaysTransfers { get; }

    /// <summary>How the constant is written that the helper returns if, and only if, it handed the reference over.</summary>
    public string? Success { get; }

    public static TransferringHelper? Of(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { IsAbstract: false, IsVirtual: false, IsOverride: false, DeclaringSyntaxReferences: [var reference] } method
            || ProtocolBinder.Create(model.Compilation) is not { } protocols)
        {
            return null;
        }

        var declaration = reference.GetSyntax(cancellation);
        var own = model.Compilation.GetSemanticModel(declaration.SyntaxTree);
        var transfers = FunctionBody.OwnNodes(declaration).OfType<AssignmentExpressionSyntax>()
            .Where(assignment => own.GetSymbolInfo(assignment.Left, cancellation).Symbol is { } target && protocols.Get(target).Effects.Any(effect => effect.Kind == EffectKind.Transfer))
            .ToArray();
        if (transfers is not [{ RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: IdentifierNameSyntax value } transfer] || own.GetSymbolInfo(value, cancellation).Symbol is not IParameterSymbol)
        {
            return null;
        }

        return ExpressionBody.Of(declaration) is { } body
            ? body.Expression == transfer && method.ReturnsVoid ? new TransferringHelper(true, null, null) : null
            : OfBlock(declaration, transfer, own);
    }

    /// <summary>The test of the call's result that leaves the function when the helper refused.</summary>
    public StatementSyntax? TestThatReturnsOnFailure(InvocationExpressionSyntax call, SemanticModel model)
    {
        var test = call.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } declaration } variable }
            && block.Statements.IndexOf(declaration) is var index && index + 1 < block.Statements.Count && block.Statements[index + 1] is IfStatementSyntax next
            && IsTestOf(next.Condition, operand => operand is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Identifier.ValueText, model)
            ? next
            : call.AncestorsAndSelf().OfType<IfStatementSyntax>().FirstOrDefault(branch => IsTestOf(branch.Condition, operand => operand == call, model));
        return test is { Else: null } && model.AnalyzeControlFlow(test.Statement) is { Succeeded: true, EndPointIsReachable: false } ? test : null;
    }

    private static TransferringHelper? OfBlock(SyntaxNode declaration, AssignmentExpressionSyntax transfer, SemanticModel model)
    {
        if (FunctionBody.BlockOf(declaration) is not { } block || transfer.Parent is not ExpressionStatementSyntax { Parent: var parent } || parent != block)
        {
            return null;
        }

        var returns = FunctionBody.OwnNodes(declaration).OfType<ReturnStatementSyntax>().ToArray();
        var before = returns.Where(statement => statement.SpanStart < transfer.SpanStart).ToArray();
        var values = returns.Except(before).Select(statement => statement.Expression is { } expression ? model.GetConstantValue(expression) : default).Distinct().ToArray();
        if (values is not [{ HasValue: true, Value: { } success }])
        {
            return before.Length == 0 ? new TransferringHelper(true, null, null) : null;
        }

        return before.All(statement => SaysOtherwise(statement, success, model))
            ? new TransferringHelper(before.Length == 0, returns.Last().Expression!.ToString(), success)
            : null;
    }

    /// <summary>Whether the statement returns something else than the constant: another constant, or a value that was tested.</summary>
    private static bool SaysOtherwise(ReturnStatementSyntax statement, object success, SemanticModel model)
    {
        if (statement.Expression is null)
        {
            return false;
        }

        var returned = model.GetConstantValue(statement.Expression);
        return returned.HasValue
            ? !Equals(returned.Value, success)
            : statement.Ancestors().OfType<IfStatementSyntax>().FirstOrDefault() is { } test && test.Statement.Span.Contains(statement.Span)
                && IsInequality(test.Condition, operand => SyntaxFactory.AreEquivalent(operand, statement.Expression), success, model);
    }

    private bool IsTestOf(ExpressionSyntax condition, Func<ExpressionSyntax, bool> isOperand, SemanticModel model) =>
        _success is not null && IsInequality(condition, isOperand, _success, model);

    /// <summary>Whether the condition is true just when the operand is not the constant.</summary>
    private static bool IsInequality(ExpressionSyntax condition, Func<ExpressionSyntax, bool> isOperand, object constant, SemanticModel model) => condition switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } test => isOperand(test.Left) && Equals(model.GetConstantValue(test.Right).Value, constant),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } test => isOperand(test.Operand) && constant is true,
        _ => isOperand(condition) && constant is false,
    };
}
