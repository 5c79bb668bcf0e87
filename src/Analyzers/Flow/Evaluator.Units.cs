using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>Carries what a callee took, gave back and handed away over to the caller's path.</summary>
internal sealed partial class Evaluator
{
    private State ApplyCounts(State final, Func<Term, Term?> translate, IOperation call, State state)
    {
        var stepped = new HashSet<CountKey>();
        foreach (var counted in final.Counts)
        {
            var key = TranslateKey(counted.Key, translate);
            if (!final.Units.TryGetValue(counted.Key, out var unit) || key.IsCounter)
            {
                state = state with { Counts = state.Counts.SetItem(key, (state.Counts.TryGetValue(key, out var present) ? present : Count.Zero).Add(counted.Value)) };
            }
            else if (unit.IsOwned && counted.Key.Target.Any(static part => part.Kind == TermKind.Fresh))
            {
                stepped.Add(counted.Key);
                state = Survives(final, counted.Key.Target) ? HandOut(state, key, unit, counted.Value, translate, call) : state;
            }
            else
            {
                stepped.Add(counted.Key);
                state = CountAgain(state, key, unit, counted.Value, translate, call);
            }
        }

        foreach (var failed in final.Units.Where(pair => pair.Value.FailedAt is not null && !final.Counts.ContainsKey(pair.Key)))
        {
            state = _ledger.Fail(state, TranslateKey(failed.Key, translate), call.Syntax, failed.Value.IsOwned);
        }

        return CopySteps(final, stepped, translate, call, state);
    }

    /// <summary>Whether the caller can come to know the value.</summary>
    private static bool Survives(State final, Term target) =>
        final.Escaped.Contains(target)
        || (final.ReturnValue is { } returned && Escape.Contains(final, returned, target))
        || final.Heap.Values.Any(value => Escape.Contains(final, value, target))
        || final.Variables.Values.Any(value => Escape.Contains(final, value, target));

    /// <summary>The callee hands out a value with a unit: for the caller it was taken by the call.</summary>
    private State HandOut(State state, CountKey key, Unit unit, Count count, Func<Term, Term?> translate, IOperation call)
    {
        var here = unit with
        {
            AcquiredAt = unit.AcquiredAt is null ? null : call.Syntax,
            ReleasedAt = unit.ReleasedAt is null ? null : call.Syntax,
            FailedAt = unit.FailedAt is null ? null : call.Syntax,
            Paired = unit.Paired?.Substitute(translate),
        };
        state = state with { Counts = state.Counts.SetItem(key, count), Units = state.Units.SetItem(key, here) };
        return count.Low > 0 ? state.AddStep(TrailKind.Acquired, call.Syntax, key) : state;
    }

    /// <summary>What the callee counted on a value of the caller's, counted here.</summary>
    private State CountAgain(State state, CountKey key, Unit unit, Count count, Func<Term, Term?> translate, IOperation call)
    {
        if (!count.IsExact)
        {
            return state with { Counts = state.Counts.SetItem(key, (state.Counts.TryGetValue(key, out var present) ? present : Count.Zero).Add(count)) };
        }

        var paired = unit.Paired?.Substitute(translate);
        for (var units = count.Low; units > 0; units--)
        {
            state = _ledger.Acquire(state, key, call.Syntax, isOwned: false, paired);
        }

        for (var units = count.Low; units < 0; units++)
        {
            state = _ledger.Release(state, [key], call.Syntax, paired);
        }

        return state;
    }

    private static State CopySteps(State final, HashSet<CountKey> stepped, Func<Term, Term?> translate, IOperation call, State state)
    {
        foreach (var step in final.Trail.Steps().Where(step => step.Kind is TrailKind.Acquired or TrailKind.Released or TrailKind.Transferred or TrailKind.Installed))
        {
            if (step.Key is not { } counted || !stepped.Contains(counted))
            {
                state = state.AddStep(
                    step.Kind,
                    call.Syntax,
                    step.Key is { } key ? TranslateKey(key, translate) : null,
                    step.Location is { } location ? TranslateLocation(location, translate) : null);
            }
        }

        return state;
    }

    private static State ApplyEscapes(State final, Func<Term, Term?> translate, State state)
    {
        foreach (var derived in final.Derived)
        {
            state = Escape.Derive(state, derived.Key.Substitute(translate), derived.Value.Select(source => source.Substitute(translate)));
        }

        return final.Escaped.Aggregate(state, (current, term) => Escape.Of(current, term.Substitute(translate)));
    }
}
