using Microsoft.CodeAnalysis;
using MmapAnalyzers.Protocols.Text;

namespace MmapAnalyzers.Protocols;

/// <summary>Makes of the rows for a member what they say of this very member.</summary>
internal static class RowReader
{
    public static MemberProtocol ToProtocol(IEnumerable<ProtocolRow> rows, ISymbol member)
    {
        var protocol = MemberProtocol.None;
        foreach (var row in rows)
        {
            protocol = row.Verb switch
            {
                RowVerb.MustCheck => protocol with { MustCheck = true },
                RowVerb.NullValue => protocol with { IsNullValue = true },
                RowVerb.ThrowsNothing => protocol with { ThrowsNothing = true },
                RowVerb.Alias => protocol with { AliasOrdinal = AliasOrdinal(row, member) ?? protocol.AliasOrdinal, AliasIsAwaited = row.IsAwaited },
                _ => ToEffect(row, member) is { } effect && !protocol.Effects.Contains(effect) ? protocol with { Effects = protocol.Effects.Add(effect) } : protocol,
            };
        }

        return protocol;
    }

    /// <summary>The position of a parameter that a row names, by its own name or as <c>p0</c>; <see langword="null"/> if the member has none.</summary>
    public static int? OrdinalOf(Word name, ISymbol member)
    {
        var parameters = AttributeArguments.Parameters(member);
        foreach (var parameter in parameters)
        {
            if (parameter.Name == name.Text)
            {
                return parameter.Ordinal;
            }
        }

        return name.Text[0] == 'p' && int.TryParse(name.Text.Substring(1), out var ordinal) && ordinal < parameters.Length ? ordinal : null;
    }

    /// <summary>An overload without a parameter that the row names is not meant.</summary>
    private static Effect? ToEffect(ProtocolRow row, ISymbol member)
    {
        if (row.Parameters.Any(parameter => OrdinalOf(parameter, member) is null))
        {
            return null;
        }

        int Ordinal(Word name) => OrdinalOf(name, member) ?? 0;
        var target = TargetOf(row);
        var effect = new Effect(KindOf(row.Verb), row.Resource.Text, target, target == EffectTarget.Argument ? Ordinal(row.Target.Name) : 0, OutcomeOf(row, member));
        return effect with
        {
            WhenConstant = row.When?.Constant ?? 0,
            WhenOrdinal = row.When?.Parameter is { } teller ? Ordinal(teller) : null,
            OtherwiseThrows = row.IsSure,
            IsAwaited = row.IsAwaited,
            Element = row.Target.Element,
            PairedOrdinal = row.Pair is { } paired ? Ordinal(paired) : null,
            OnlyIf = row.Conditions.Reverse().Aggregate((ArgumentTest?)null, (rest, condition) =>
                new ArgumentTest(Ordinal(condition.Parameter), condition.Mask, condition.Value, condition.IsNegated) { And = rest }),
        };
    }

    private static EffectTarget TargetOf(ProtocolRow row) => row.Target.Name.Text switch
    {
        RowTarget.This => EffectTarget.Receiver,
        RowTarget.Return => EffectTarget.Return,
        RowTarget.Value => EffectTarget.AssignedValue,
        _ => EffectTarget.Argument,
    };

    private static EffectKind KindOf(RowVerb verb) => verb switch
    {
        RowVerb.Acquires => EffectKind.Acquire,
        RowVerb.Releases => EffectKind.Release,
        RowVerb.Transfers => EffectKind.Transfer,
        RowVerb.Borrows => EffectKind.Borrow,
        RowVerb.Pins => EffectKind.Pin,
        _ => EffectKind.Use,
    };

    /// <summary>The words of texts are the names of the outcomes in lower case; a native truth value can be declared as a number and as a Boolean.</summary>
    private static Outcome OutcomeOf(ProtocolRow row, ISymbol member) => row.When switch
    {
        null => Outcome.Always,
        { Name: "zero" } when TellerOf(row, member)?.SpecialType == SpecialType.System_Boolean => Outcome.False,
        { Name: "nonzero" } when TellerOf(row, member)?.SpecialType == SpecialType.System_Boolean => Outcome.True,
        { Name: var name } => (Outcome)Enum.Parse(typeof(Outcome), name, ignoreCase: true),
    };

    private static ITypeSymbol? TellerOf(ProtocolRow row, ISymbol member) =>
        row.When?.Parameter is { } name && OrdinalOf(name, member) is { } ordinal ? AttributeArguments.Parameters(member)[ordinal].Type : (member as IMethodSymbol)?.ReturnType;

    private static int? AliasOrdinal(ProtocolRow row, ISymbol member) =>
        row.Target.IsParameter ? OrdinalOf(row.Target.Name, member) : MemberProtocol.AliasOfReceiver;
}
