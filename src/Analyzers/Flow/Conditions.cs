using Microsoft.CodeAnalysis.Operations;

namespace MmapAnalyzers.Flow;

/// <summary>Terms of Boolean operations in a normal form, and what a path learns from their values.</summary>
internal static class Conditions
{
    public const string EqualsName = "==";
    public const string LessName = "<";
    public const string NotName = "!";
    public const string IsTypeName = "is";

    public static Term Not(Term condition) =>
        condition.Equals(Term.True) ? Term.False
        : condition.Equals(Term.False) ? Term.True
        : condition is { Kind: TermKind.Operation, Data: NotName } ? condition.Operands[0]
        : Term.Operation(NotName, condition);

    public static Term AreEqual(Term left, Term right)
    {
        if (left.Kind == TermKind.Constant && right.Kind == TermKind.Constant)
        {
            return Constraint.SameConstant(left, right) ? Term.True : Term.False;
        }

        if (left.Kind == TermKind.Constant)
        {
            (left, right) = (right, left);
        }

        return left.Equals(right) ? Term.True
            : right.Equals(Term.True) && IsCondition(left) ? left
            : right.Equals(Term.False) && IsCondition(left) ? Not(left)
            : Term.Operation(EqualsName, left, right);
    }

    public static Term Binary(BinaryOperatorKind kind, Term left, Term right) => kind switch
    {
        BinaryOperatorKind.Equals => AreEqual(left, right),
        BinaryOperatorKind.NotEquals => Not(AreEqual(left, right)),
        BinaryOperatorKind.LessThan => Less(left, right),
        BinaryOperatorKind.GreaterThan => Less(right, left),
        BinaryOperatorKind.GreaterThanOrEqual => Not(Less(left, right)),
        BinaryOperatorKind.LessThanOrEqual => Not(Less(right, left)),
        BinaryOperatorKind.And when left.Equals(Term.False) || right.Equals(Term.False) => Term.False,
        BinaryOperatorKind.Or when left.Equals(Term.True) || right.Equals(Term.True) => Term.True,
        BinaryOperatorKind.Add or BinaryOperatorKind.Subtract when right.IsZero => left,
        BinaryOperatorKind.Add when left.IsZero => right,
        _ => Arithmetic(kind, left, right) ?? Term.Operation(kind.ToString(), left, right),
    };

    /// <summary>The state in which the condition has the value, or <see langword="null"/> if the path cannot be taken.</summary>
    public static State? Assume(State state, Term condition, bool value)
    {
        switch (condition)
        {
            case { Kind: TermKind.Constant }:
                return condition.Equals(value ? Term.True : Term.False) ? state : null;
            case { Kind: TermKind.Operation, Data: NotName }:
                return Assume(state, condition.Operands[0], !value);
            case { Kind: TermKind.Operation, Data: EqualsName } when condition.Operands[1] is { Kind: TermKind.Constant } constant:
                return Satisfiable(state.Constrain(condition.Operands[0], value ? Constraint.Is(constant) : Constraint.IsNot(constant)), condition.Operands[0]);
            case { Kind: TermKind.Operation, Data: LessName }:
                return Satisfiable(state.Constrain(condition, Constraint.Is(value ? Term.True : Term.False)), condition.Operands[0]);
            case { Kind: TermKind.Operation, Data: nameof(BinaryOperatorKind.And) or nameof(BinaryOperatorKind.Or) }:
                return state.Constrain(condition, Constraint.Is(value ? Term.True : Term.False)) is { } both ? AssumeSides(both, condition, value) : null;
            case { Kind: TermKind.Operation, Data: IsTypeName } when value:
                return state.Constrain(condition.Operands[0], Constraint.IsNot(Term.Null))?.Constrain(condition, Constraint.Is(Term.True));
            case { Kind: TermKind.Operation, Data: EqualsName }:
                return AssumeSameFacts(state, condition, value);
            default:
                return state.Constrain(condition, Constraint.Is(value ? Term.True : Term.False));
        }
    }

    /// <summary>Both sides have the value, or one of them: then the other, where the path excludes the one.</summary>
    private static State? AssumeSides(State state, Term condition, bool value)
    {
        var left = Assume(state, condition.Operands[0], value);
        if (value == (condition.Data is nameof(BinaryOperatorKind.And)))
        {
            return left is null ? null : Assume(left, condition.Operands[1], value);
        }

        var right = Assume(state, condition.Operands[1], value);
        return left is null ? right : right is null ? left : state;
    }

    private static State? Satisfiable(State? state, Term term) => state is not null && Bounds.AreSatisfiable(state, term) ? state : null;

    private static bool IsCondition(Term term) => term is { Kind: TermKind.Operation, Data: EqualsName or LessName or NotName or IsTypeName };

    /// <summary>Two equal values share what is known of either being a constant.</summary>
    private static State? AssumeSameFacts(State state, Term condition, bool value)
    {
        var result = state.Constrain(condition, Constraint.Is(value ? Term.True : Term.False));
        if (!value)
        {
            return result;
        }

        var (left, right) = (condition.Operands[0], condition.Operands[1]);
        if (result is not null && state.Facts.TryGetValue(left, out var ofLeft))
        {
            result = result.Constrain(right, ofLeft);
        }

        return result is not null && state.Facts.TryGetValue(right, out var ofRight) ? result.Constrain(left, ofRight) : result;
    }

    private static Term Less(Term left, Term right) =>
        left is { Kind: TermKind.Constant, Data: long leftValue } && right is { Kind: TermKind.Constant, Data: long rightValue }
            ? leftValue < rightValue ? Term.True : Term.False
            : left is { Kind: TermKind.Constant, Data: long bound and < long.MaxValue }
                ? Not(Term.Operation(LessName, right, Term.Constant(bound + 1)))
                : Term.Operation(LessName, left, right);

    private static Term? Arithmetic(BinaryOperatorKind kind, Term left, Term right)
    {
        if (left is not { Kind: TermKind.Constant, Data: long leftValue } || right is not { Kind: TermKind.Constant, Data: long rightValue })
        {
            return null;
        }

        return kind switch
        {
            BinaryOperatorKind.Add => Term.Constant(unchecked(leftValue + rightValue)),
            BinaryOperatorKind.Subtract => Term.Constant(unchecked(leftValue - rightValue)),
            BinaryOperatorKind.Multiply => Term.Constant(unchecked(leftValue * rightValue)),
            BinaryOperatorKind.And => Term.Constant(leftValue & rightValue),
            BinaryOperatorKind.Or => Term.Constant(leftValue | rightValue),
            _ => null,
        };
    }
}
