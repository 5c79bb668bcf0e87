using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>The interval of integers that a path's comparisons with constants leave to a term.</summary>
internal static class Bounds
{
    /// <summary>Whether some integer satisfies all that the state says of the term.</summary>
    public static bool AreSatisfiable(State state, Term term)
    {
        var low = IsUnsigned(term) ? 0 : long.MinValue;
        var high = long.MaxValue;
        foreach (var fact in state.Facts)
        {
            if (fact.Key is { Kind: TermKind.Operation, Data: Conditions.LessName } && fact.Key.Operands[0].Equals(term)
                && fact.Key.Operands[1] is { Kind: TermKind.Constant, Data: long bound } && bound > long.MinValue && fact.Value.EqualTo is { } isLess)
            {
                low = isLess.Equals(Term.True) ? low : Math.Max(low, bound);
                high = isLess.Equals(Term.True) ? Math.Min(high, bound - 1) : high;
            }
        }

        if (!state.Facts.TryGetValue(term, out var known))
        {
            return low <= high;
        }

        if (known.EqualTo is { Data: long or null or false } equal)
        {
            var value = equal.Data as long? ?? 0;
            return low <= value && value <= high;
        }

        while (low <= high && known.DifferentFrom.Any(constant => (constant.Data as long? ?? (constant.IsZero ? 0 : null)) == low))
        {
            low++;
        }

        return low <= high;
    }

    private static bool IsUnsigned(Term term) => term.Symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        ILocalSymbol local => local.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    } is { SpecialType: SpecialType.System_Byte or SpecialType.System_UInt16 or SpecialType.System_UInt32 or SpecialType.System_UInt64 };
}
