using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>A call that takes or gives back a unit of a resource.</summary>
/// <param name="Syntax">The call.</param>
/// <param name="Method">The method that is called.</param>
/// <param name="Effect">What it does to the resource.</param>
internal sealed record UnitCall(ExpressionSyntax Syntax, IMethodSymbol Method, Effect Effect)
{
    /// <summary>The object that the method is called on, as it is written.</summary>
    public ExpressionSyntax? Receiver => Syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Expression,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax } => Syntax.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
        _ => null,
    };

    /// <summary>The call, if it is one of the kind for the resource.</summary>
    public static UnitCall? Of(ExpressionSyntax call, EffectKind kind, string resource, Finding finding)
    {
        if (finding.Model.GetSymbolInfo(call, finding.Cancellation).Symbol is not IMethodSymbol method)
        {
            return null;
        }

        var receiver = finding.Model.GetOperation(call, finding.Cancellation) is IInvocationOperation { Instance.Type: { } type } ? type : null;
        return EffectOf(method, receiver, kind, resource, finding.Protocols) is { } effect ? new(call, method, effect) : null;
    }

    public static Effect? EffectOf(IMethodSymbol method, ITypeSymbol? receiver, EffectKind kind, string resource, ProtocolBinder protocols) =>
        protocols.Get(method, receiver).Effects.FirstOrDefault(effect => effect.Kind == kind && effect.Resource == resource);

    /// <summary>What is given for the parameter, if it is given in the call itself.</summary>
    public ExpressionSyntax? Argument(int ordinal, Finding finding)
    {
        var arguments = finding.Model.GetOperation(Syntax, finding.Cancellation) switch
        {
            IInvocationOperation invocation => invocation.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => [],
        };
        return (arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal)?.Syntax as ArgumentSyntax)?.Expression;
    }

    /// <summary>What the call takes the unit of or gives it back for, other than its own value.</summary>
    public ExpressionSyntax? Target(Finding finding) => Effect.Target switch
    {
        EffectTarget.Receiver => Receiver,
        EffectTarget.Argument => Argument(Effect.Ordinal, finding),
        _ => null,
    };

    /// <summary>The statement that does nothing but the call.</summary>
    public ExpressionStatementSyntax? Statement
    {
        get
        {
            SyntaxNode node = Syntax;
            while (node.Parent is AwaitExpressionSyntax or ParenthesizedExpressionSyntax or ConditionalAccessExpressionSyntax
                || node.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } })
            {
                node = node.Parent;
            }

            return node.Parent as ExpressionStatementSyntax;
        }
    }

    /// <summary>The value without casts and brackets around it, as text.</summary>
    public static string Plain(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => Plain(inner),
        CastExpressionSyntax { Expression: var inner } => Plain(inner),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var inner } => Plain(inner),
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier.ValueText: var name } } => name,
        _ => expression.ToString(),
    };
}
