using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>Which members of a type keep units: those whose values some method of the type gives back, or exempts from counting.</summary>
internal sealed class Keepers(FunctionCheck check)
{
    /// <summary>How many units of the key the path has stored in members that give them back later.</summary>
    public int UnitsKept(State state, CountKey key) =>
        state.Heap.Count(written => written.Value.Equals(key.Target) && MemberOf(written.Key) is { } member && HasEffect(member, EffectKind.Release, key.Resource));

    /// <summary>Whether the value comes from a member whose values are exempt from counting.</summary>
    public bool IsPinned(CountKey key) =>
        MemberOf(key.Target) is { } member ? HasEffect(member, EffectKind.Pin, key.Resource) : AnyBody(EffectKind.Pin, key.Resource, static _ => true);

    /// <summary>The field or property that a place is, or is an element of.</summary>
    private static ISymbol? MemberOf(Term place)
    {
        while (place is { Kind: TermKind.Member, Symbol: null or IPropertySymbol { IsIndexer: true }, Operands.Length: > 0 })
        {
            place = place.Operands[0];
        }

        return place.Kind == TermKind.Member ? place.Symbol : null;
    }

    private bool HasEffect(ISymbol member, EffectKind kind, string resource) => AnyBody(kind, resource, body => Mentions(body, member));

    /// <summary>Whether a member of the function's type has an effect of the kind and satisfies the condition.</summary>
    private bool AnyBody(EffectKind kind, string resource, Func<SyntaxNode, bool> condition)
    {
        for (var type = check.Function.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (var body in type.DeclaringSyntaxReferences.SelectMany(reference => reference.GetSyntax(check.Cancellation).ChildNodes()).OfType<MemberDeclarationSyntax>())
            {
                if (condition(body) && Calls(body).Any(called => check.Protocols.Get(called).Effects.Any(effect => effect.Kind == kind && effect.Resource == resource)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private IEnumerable<IMethodSymbol> Calls(SyntaxNode body) =>
        body.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Select(call => check.Functions.Graphs.ModelOf(call.SyntaxTree).GetSymbolInfo(call, check.Cancellation).Symbol)
            .OfType<IMethodSymbol>();

    private bool Mentions(SyntaxNode body, ISymbol member) =>
        body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == member.Name
            && SymbolEqualityComparer.Default.Equals(check.Functions.Graphs.ModelOf(name.SyntaxTree).GetSymbolInfo(name, check.Cancellation).Symbol, member));
}
