using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Callbacks;

/// <summary>Sees through functions that do nothing but hand their parameters on: who they call plays the role.</summary>
internal sealed class Forwarding(Functions functions)
{
    private const int MaxDepth = 4;

    /// <summary>The functions that really play a role that <paramref name="function"/> was given; itself, if it does anything of its own.</summary>
    public ImmutableArray<IMethodSymbol> PlayersOf(IMethodSymbol function) => PlayersOf(function, 0);

    private ImmutableArray<IMethodSymbol> PlayersOf(IMethodSymbol function, int depth)
    {
        if (depth >= MaxDepth || CallThatIsAll(function) is not { } call || !HandsParametersOn(call, function))
        {
            return [function];
        }

        var targets = functions.Targets.Of(call.TargetMethod, exact: false);
        return targets.IsEmpty || targets.Any(target => target.DeclaringSyntaxReferences.IsEmpty || functions.Protocols.Get(target) is { Effects.IsEmpty: false })
            ? [function]
            : [.. targets.SelectMany(target => PlayersOf(target, depth + 1))];
    }

    /// <summary>The call that is the whole body.</summary>
    private IInvocationOperation? CallThatIsAll(IMethodSymbol function)
    {
        var body = function.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            MethodDeclarationSyntax method => method.ExpressionBody?.Expression ?? OnlyExpression(method.Body),
            LocalFunctionStatementSyntax local => local.ExpressionBody?.Expression ?? OnlyExpression(local.Body),
            AnonymousFunctionExpressionSyntax lambda => lambda.ExpressionBody ?? OnlyExpression(lambda.Block),
            _ => null,
        };
        return body is null ? null : functions.Graphs.ModelOf(body.SyntaxTree).GetOperation(body) as IInvocationOperation;
    }

    private static ExpressionSyntax? OnlyExpression(BlockSyntax? block) => block?.Statements is [var only]
        ? only switch
        {
            ReturnStatementSyntax statement => statement.Expression,
            ExpressionStatementSyntax statement => statement.Expression,
            _ => null,
        }
        : null;

    private static bool HandsParametersOn(IInvocationOperation call, IMethodSymbol function) =>
        call.Instance is null or IInstanceReferenceOperation or IFieldReferenceOperation or ILocalReferenceOperation
        && call.Arguments.Length == function.Parameters.Length
        && call.Arguments.All(argument => argument.Value is IParameterReferenceOperation { Parameter: var parameter } && function.Parameters.Contains(parameter, SymbolEqualityComparer.Default));
}
