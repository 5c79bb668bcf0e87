using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>
/// What callers are told of the exits of a function: what they can see of them, and no more kinds than make a difference to what is counted.
/// </summary>
internal static class Outcomes
{
    public static ImmutableArray<Exit> Of(IEnumerable<Exit> exits, IMethodSymbol function, SyntaxNode site)
    {
        var told = new List<Exit>();
        foreach (var exit in exits.Select(exit => exit with { Final = Visible(exit.Final with { Escaped = exit.GivenAway }, function) }))
        {
            if (!told.Any(known => known.Throws == exit.Throws && known.Final.Equals(exit.Final)))
            {
                told.Add(exit);
            }
        }

        return told.Count <= Budget.ExactOutcomes ? [.. told] : Joined(told, new StateJoin(site, "outcome"));
    }

    private static ImmutableArray<Exit> Joined(List<Exit> exits, StateJoin join)
    {
        var joined = new List<Exit>();
        foreach (var exit in exits)
        {
            var like = joined.FindIndex(known => known.Throws == exit.Throws && known.Final.HoldsSameUnits(exit.Final));
            if (like < 0)
            {
                joined.Add(exit);
            }
            else
            {
                joined[like] = joined[like] with { Final = join.Join(joined[like].Final, exit.Final, widen: false) };
            }
        }

        return [.. joined];
    }

    private static State Visible(State final, IMethodSymbol function)
    {
        var variables = final.Variables.RemoveRange(final.Variables.Keys.Where(variable => !IsSeenOutside(variable, function)));
        var seen = new HashSet<Term>();
        AddFresh(final.ReturnValue, seen);
        foreach (var value in variables.Values.Concat(final.Escaped))
        {
            AddFresh(value, seen);
        }

        var heap = final.Heap;
        for (var before = -1; before != seen.Count;)
        {
            before = seen.Count;
            foreach (var written in final.Heap.Where(written => IsVisible(written.Key, seen)))
            {
                AddFresh(written.Value, seen);
            }
        }

        heap = heap.RemoveRange(heap.Keys.Where(place => !IsVisible(place, seen)));
        return final with
        {
            Variables = variables,
            Heap = heap,
            Facts = final.Facts.RemoveRange(final.Facts.Keys.Where(term => !IsVisible(term, seen) || term.Any(static part => part is { Kind: TermKind.Member, Site: not null }))),
            Versions = final.Versions.RemoveRange(final.Versions.Keys.Where(term => !IsVisible(term, seen))),
            Counts = final.Counts.RemoveRange(final.Counts.Where(counted => !IsVisible(counted.Key.Target, seen) || (counted.Value == Count.Zero && !final.Units.ContainsKey(counted.Key))).Select(counted => counted.Key)),
            Units = final.Units.RemoveRange(final.Units.Keys.Where(key => !IsVisible(key.Target, seen))),
            Derived = final.Derived.RemoveRange(final.Derived.Keys.Where(term => !IsVisible(term, seen))),
            Blurred = [],
        };
    }

    private static bool IsSeenOutside(ISymbol variable, IMethodSymbol function) =>
        variable is IParameterSymbol { RefKind: RefKind.Out or RefKind.Ref } || !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, function);

    /// <summary>Whether the caller can name the term: every value in it that was first seen inside is among those that get out.</summary>
    private static bool IsVisible(Term term, HashSet<Term> seen) => !term.Any(part => part.Kind == TermKind.Fresh && !seen.Contains(part));

    private static void AddFresh(Term? term, HashSet<Term> seen)
    {
        if (term is null)
        {
            return;
        }

        if (term.Kind == TermKind.Fresh)
        {
            seen.Add(term);
        }

        foreach (var operand in term.Operands)
        {
            AddFresh(operand, seen);
        }
    }
}
