using System.Globalization;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>Writes the question whether an acquire has taken anything.</summary>
internal static class OutcomeText
{
    /// <summary>The condition under which the unit was taken, asked of the variable that knows it; <see langword="null"/> if none does.</summary>
    public static string? Taken(TakenUnit unit, Finding finding) => KnowerOf(unit, finding) is { } value ? Condition(value, unit.Acquire.Effect, isTaken: true) : null;

    /// <summary>The opposite of <see cref="Taken"/>.</summary>
    public static string? NotTaken(TakenUnit unit, Finding finding) => KnowerOf(unit, finding) is { } value ? Condition(value, unit.Acquire.Effect, isTaken: false) : null;

    /// <summary>The condition that a call whose value is true or false has taken nothing.</summary>
    public static string? NotTrue(string call, Effect effect) =>
        effect is { When: Outcome.True or Outcome.False, WhenOrdinal: null, IsAwaited: false } ? Condition(call, effect, isTaken: false) : null;

    private static string? KnowerOf(TakenUnit unit, Finding finding) =>
        unit.Acquire.Effect.WhenOrdinal is { } ordinal
            ? unit.Acquire.Argument(ordinal, finding) is { } argument ? UnitCall.Plain(argument) : null
            : TakenUnit.VariableOf(unit.Acquire.Syntax, finding);

    private static string? Condition(string value, Effect effect, bool isTaken) => effect.When switch
    {
        Outcome.True => isTaken ? value : $"!{value}",
        Outcome.False => isTaken ? $"!{value}" : value,
        Outcome.NonNull => isTaken ? $"{value} is not null" : $"{value} is null",
        Outcome.Null => isTaken ? $"{value} is null" : $"{value} is not null",
        Outcome.NonNegative => isTaken ? $"{value} >= 0" : $"{value} < 0",
        Outcome.Negative => isTaken ? $"{value} < 0" : $"{value} >= 0",
        Outcome.NonZero => isTaken ? $"{value} != 0" : $"{value} == 0",
        Outcome.Zero => isTaken ? $"{value} == 0" : $"{value} != 0",
        Outcome.Is => isTaken ? $"{value} == {Constant(effect)}" : $"{value} != {Constant(effect)}",
        Outcome.IsNot => isTaken ? $"{value} != {Constant(effect)}" : $"{value} == {Constant(effect)}",
        _ => null,
    };

    private static string Constant(Effect effect) => effect.WhenConstant.ToString(CultureInfo.InvariantCulture);
}
