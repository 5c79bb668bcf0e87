using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>The source of the type that the function belongs to, with what the protocols say of it.</summary>
internal sealed class TypeSource(FunctionCheck check)
{
    /// <summary>The declarations of a type, one for each of its parts.</summary>
    public IEnumerable<SyntaxNode> DeclarationsOf(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(check.Cancellation));

    /// <summary>The calls in a piece of source that do something to units of the resource.</summary>
    public IEnumerable<InvocationExpressionSyntax> CallsWith(EffectKind kind, string resource, SyntaxNode body) =>
        body.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => Has(kind, resource, call));

    /// <summary>Whether the call does something to units of the resource.</summary>
    public bool Has(EffectKind kind, string resource, InvocationExpressionSyntax call) =>
        EffectsOf(call).Any(effect => effect.Kind == kind && effect.Resource == resource);

    /// <summary>What the call does to units, as the static type of the object that it is called on shows it.</summary>
    public ImmutableArray<Effect> EffectsOf(InvocationExpressionSyntax call) =>
        SymbolOf(call) is IMethodSymbol called ? check.Protocols.Get(called, ReceiverOf(call)).Effects : [];

    /// <summary>Where a piece of source names the member.</summary>
    public IEnumerable<IdentifierNameSyntax> MentionsOf(ISymbol member, SyntaxNode body) =>
        body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == member.Name && SymbolEqualityComparer.Default.Equals(SymbolOf(name), member));

    private ITypeSymbol? ReceiverOf(InvocationExpressionSyntax call)
    {
        var receiver = call switch
        {
            { Expression: MemberAccessExpressionSyntax access } => access.Expression,
            { Expression: MemberBindingExpressionSyntax, Parent: ConditionalAccessExpressionSyntax access } => access.Expression,
            _ => null,
        };
        return receiver is null ? null : check.Functions.Graphs.ModelOf(receiver.SyntaxTree).GetTypeInfo(receiver, check.Cancellation).Type;
    }

    /// <summary>The variable that the declaration declares.</summary>
    public ISymbol? DeclaredBy(VariableDeclaratorSyntax variable) => check.Functions.Graphs.ModelOf(variable.SyntaxTree).GetDeclaredSymbol(variable, check.Cancellation);

    /// <summary>What the source names.</summary>
    public ISymbol? SymbolOf(SyntaxNode node) => check.Functions.Graphs.ModelOf(node.SyntaxTree).GetSymbolInfo(node, check.Cancellation).Symbol;
}
