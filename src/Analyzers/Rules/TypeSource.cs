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
        SymbolOf(call) is IMethodSymbol called && check.Protocols.Get(called, ReceiverOf(call)).Effects.Any(effect => effect.Kind == kind && effect.Resource == resource);

    /// <summary>Where a piece of source names the member.</summary>
    public IEnumerable<IdentifierNameSyntax> MentionsOf(ISymbol member, SyntaxNode body) =>
        body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == member.Name && SymbolEqualityComparer.Default.Equals(SymbolOf(name), member));

    private ITypeSymbol? ReceiverOf(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Expression: var receiver }
        ? check.Functions.Graphs.ModelOf(receiver.SyntaxTree).GetTypeInfo(receiver, check.Cancellation).Type
        : null;

    public ISymbol? SymbolOf(SyntaxNode node) => check.Functions.Graphs.ModelOf(node.SyntaxTree).GetSymbolInfo(node, check.Cancellation).Symbol;
}
