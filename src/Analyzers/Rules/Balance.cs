using Microsoft.CodeAnalysis;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>Compares what functions count, across functions that run on the same objects.</summary>
internal static class Balance
{
    /// <summary>Whether the exit is one on which the callback says it succeeded, or may have.</summary>
    public static bool MaySucceed(Exit exit, Role role)
    {
        var returned = exit.Final.ReturnValue;
        return returned is null || role.Success switch
        {
            Outcome.True => !exit.Final.IsKnownToBe(returned, Term.False),
            Outcome.False => !exit.Final.IsKnownToBe(returned, Term.True),
            Outcome.Zero => !exit.Final.IsKnownNotToBe(returned, Term.Constant(0)),
            Outcome.NonZero => !exit.Final.IsKnownToBe(returned, Term.Constant(0)),
            Outcome.NonNull => !exit.Final.IsKnownToBe(returned, Term.Null),
            _ => true,
        };
    }

    /// <summary>The keys that some return counts, as terms of entry values.</summary>
    public static IEnumerable<CountKey> KeysOf(FunctionResult result) =>
        result.CertainReturns.SelectMany(exit => exit.Final.Counts.Keys).Select(Normalize).Distinct();

    /// <summary>What the exit counts of the key; of keys that come to the same object, their sum.</summary>
    public static Count CountOf(State state, CountKey key)
    {
        if (state.CountsUnknown)
        {
            return Count.Unknown;
        }

        return state.Counts.Where(counted => Normalize(counted.Key).Equals(key)).Aggregate(Count.Zero, static (sum, counted) => sum.Add(counted.Value));
    }

    /// <summary>What the exit counts of the resource on all objects together; of a counter, on all objects with that field.</summary>
    public static Count TotalOf(State state, CountKey like)
    {
        if (state.CountsUnknown)
        {
            return Count.Unknown;
        }

        return state.Counts
            .Where(counted => counted.Key.Resource == like.Resource && (!like.IsCounter || SymbolEqualityComparer.Default.Equals(counted.Key.Target.Symbol, like.Target.Symbol)))
            .Aggregate(Count.Zero, static (sum, counted) => sum.Add(counted.Value));
    }

    /// <summary>What every certain return counts of the key, if all count the same exactly.</summary>
    public static int? Uniform(FunctionResult result, CountKey key)
    {
        int? uniform = null;
        foreach (var exit in result.CertainReturns)
        {
            var count = CountOf(exit.Final, key);
            if (!count.IsExact || (uniform is { } known && known != count.Low))
            {
                return null;
            }

            uniform = count.Low;
        }

        return uniform;
    }

    /// <summary>The key as another function with parameters of the same types names it; both run on the same object.</summary>
    public static CountKey Translate(CountKey key, IMethodSymbol from, IMethodSymbol to) =>
        key with { Target = Translate(key.Target, from, to) };

    public static Term Translate(Term term, IMethodSymbol from, IMethodSymbol to) => term.Substitute(part =>
        part is { Kind: TermKind.Parameter, Symbol: IParameterSymbol parameter } && SameParameter(parameter, from, to) is { } same ? Term.Parameter(same) : null);

    /// <summary>Whether both functions, bound as they are, run on one object or on none.</summary>
    public static bool ShareThis(IMethodSymbol left, IMethodSymbol right) =>
        EnclosingMember(left).ContainingType is { } leftType && EnclosingMember(right).ContainingType is { } rightType
        && (DerivesFrom(leftType, rightType) || DerivesFrom(rightType, leftType));

    public static CountKey Normalize(CountKey key) => key with { Target = WithoutVersions(key.Target) };

    private static Term WithoutVersions(Term term) =>
        term.Substitute(static part => part is { Kind: TermKind.Member, Site: not null } ? WithoutVersions(part.AsLocation()) : null);

    private static IParameterSymbol? SameParameter(IParameterSymbol parameter, IMethodSymbol from, IMethodSymbol to)
    {
        if (from.Parameters.Count(other => SymbolEqualityComparer.Default.Equals(other.Type, parameter.Type)) != 1)
        {
            return null;
        }

        var candidates = to.Parameters.Where(other => SymbolEqualityComparer.Default.Equals(other.Type, parameter.Type)).ToArray();
        return candidates.Length == 1 ? candidates[0] : null;
    }

    private static ISymbol EnclosingMember(IMethodSymbol function)
    {
        ISymbol member = function;
        while (member is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
        {
            member = member.ContainingSymbol;
        }

        return member;
    }

    private static bool DerivesFrom(INamedTypeSymbol type, INamedTypeSymbol ancestor)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, ancestor.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }
}
