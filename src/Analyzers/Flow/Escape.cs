using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>Follows where values go when they leave the variables of a function.</summary>
internal static class Escape
{
    /// <summary>Somebody else may hold the value from here on, with all that can be reached from it.</summary>
    public static State Of(State state, Term value)
    {
        var gone = state.Escaped.ToBuilder();
        Add(state, value, gone, []);
        return gone.Count == state.Escaped.Count ? state : state with { Escaped = gone.ToImmutable() };
    }

    /// <summary>What the places held may be anywhere: they are no longer known.</summary>
    public static State OfPlaces(State state, IEnumerable<Term> places) =>
        places.Where(state.Heap.ContainsKey).Aggregate(state, static (current, place) => Of(current, current.Heap[place]));

    /// <summary>What the value contains or keeps is in the hands of whoever has the value.</summary>
    public static State OfWrapped(State state, Term value) =>
        state.Derived.TryGetValue(value, out var sources) ? sources.Aggregate(state, Of) : state;

    /// <summary>What is read out of a value that wraps a unit, and given back as one, is the unit.</summary>
    public static CountKey Unwrapped(State state, CountKey key)
    {
        if (state.Units.ContainsKey(key) || state.Derived.IsEmpty || key.Target.Kind != TermKind.Member)
        {
            return key;
        }

        foreach (var wrapped in state.Derived.Where(derived => key.Target.Operands.Contains(derived.Key)).SelectMany(derived => derived.Value))
        {
            var held = key with { Target = wrapped };
            if (state.Units.TryGetValue(held, out var unit) && unit.AcquiredAt is not null)
            {
                return held;
            }
        }

        return key;
    }

    /// <summary>The value may contain or keep the sources.</summary>
    public static State Derive(State state, Term value, IEnumerable<Term> sources)
    {
        var held = sources.SelectMany(source => Reachable(state, source)).Where(part => IsCounted(state, part)).Distinct().ToImmutableArray();
        return held.IsEmpty || value.Kind == TermKind.Constant ? state : state with { Derived = state.Derived.SetItem(value, held) };
    }

    /// <summary>Whether a counted value can be reached from the value.</summary>
    public static bool Reaches(State state, Term value) => Reachable(state, value).Any(part => IsCounted(state, part));

    /// <summary>Whether the target, which is counted, can be reached from the value.</summary>
    public static bool Reaches(State state, Term value, Term target) => value.Equals(target) || Reachable(state, value).Contains(target);

    /// <summary>Whether the value is built of the target, or may contain it.</summary>
    public static bool Contains(State state, Term value, Term target) =>
        value.Any(part => part.Equals(target) || (state.Derived.TryGetValue(part, out var sources) && sources.Any(source => source.Equals(target))));

    private static IEnumerable<Term> Reachable(State state, Term value)
    {
        if (state.Units.IsEmpty)
        {
            return [];
        }

        var found = ImmutableHashSet.CreateBuilder<Term>();
        Add(state, value, found, []);
        return found;
    }

    private static void Add(State state, Term value, ImmutableHashSet<Term>.Builder gone, HashSet<Term> visited)
    {
        if (value.Kind == TermKind.Constant || !visited.Add(value))
        {
            return;
        }

        if (value.Kind is TermKind.Parameter or TermKind.Captured || IsCounted(state, value))
        {
            gone.Add(value);
        }

        // A condition or a number computed from a value does not carry it away.
        if (value.Kind == TermKind.Operation && value.Data is Conditions.EqualsName or Conditions.LessName or Conditions.NotName or Conditions.IsTypeName)
        {
            return;
        }

        foreach (var operand in value.Kind == TermKind.Member && !MayCarry(value.Symbol) ? [] : value.Operands)
        {
            Add(state, operand, gone, visited);
        }

        if (state.Derived.TryGetValue(value, out var sources))
        {
            foreach (var source in sources)
            {
                Add(state, source, gone, visited);
            }
        }

        foreach (var written in state.Heap.Where(written => written.Key.Data is "instance" && written.Key.Operands[0].Equals(value)))
        {
            Add(state, written.Value, gone, visited);
        }
    }

    /// <summary>Whether a member's value may hold on to the object that it was read from. An element of an array does not.</summary>
    public static bool MayCarry(ISymbol? member) => member switch
    {
        IFieldSymbol { IsStatic: false, Type: { SpecialType: SpecialType.None or SpecialType.System_IntPtr or SpecialType.System_UIntPtr, TypeKind: not TypeKind.Enum } } => true,
        IPropertySymbol { IsStatic: false, Type: { SpecialType: SpecialType.None or SpecialType.System_IntPtr or SpecialType.System_UIntPtr, TypeKind: not TypeKind.Enum } } => true,
        _ => false,
    };

    private static bool IsCounted(State state, Term value) => state.Units.Keys.Any(key => key.Target.Equals(value));
}
