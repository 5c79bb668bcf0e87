using Microsoft.CodeAnalysis;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>Compares the conditions under which two functions take their paths.</summary>
internal sealed class GuardComparison
{
    private readonly IMethodSymbol _own;
    private readonly IMethodSymbol _other;
    private readonly ProtocolBinder _protocols;
    private readonly ImmutableHashSet<ISymbol?> _written;

    public GuardComparison(IMethodSymbol own, FunctionResult ownResult, IMethodSymbol other, FunctionResult otherResult, ProtocolBinder protocols)
    {
        _protocols = protocols;
        _own = own;
        _other = other;
        _written = ownResult.CertainReturns.Concat(otherResult.CertainReturns)
            .SelectMany(exit => exit.Final.Heap.Keys)
            .Select(location => location.Symbol)
            .ToImmutableHashSet(SymbolEqualityComparer.Default);
    }

    /// <summary>Whether the path's conditions mean the same in both functions: they ask for nothing that the functions change themselves or get from elsewhere, nor for the count itself.</summary>
    public bool IsStable(Exit exit) => !exit.Final.Facts.Keys.Any(fact => fact.Any(part =>
        part.Kind == TermKind.Fresh || (part.Kind == TermKind.Member && (part.Site is not null || _written.Contains(part.Symbol) || (part.Symbol is { } member && _protocols.DescribesCountedObject(member))))));

    /// <summary>Whether one state of the world allows both paths.</summary>
    public bool AreCompatible(Exit own, Exit other)
    {
        State? both = own.Final;
        foreach (var fact in other.Final.Facts)
        {
            both = both?.Constrain(Balance.Translate(fact.Key, _other, _own), fact.Value);
        }

        return both is not null;
    }
}
