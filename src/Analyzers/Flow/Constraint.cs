namespace MmapAnalyzers.Flow;

/// <summary>What a path knows about a term: that it equals a constant, or that it differs from some.</summary>
internal sealed class Constraint : IEquatable<Constraint>
{
    private Constraint(Term? equal, ImmutableHashSet<Term> different)
    {
        EqualTo = equal;
        DifferentFrom = different;
    }

    public Term? EqualTo { get; }

    public ImmutableHashSet<Term> DifferentFrom { get; }

    public static Constraint Is(Term constant) => new(constant, []);

    /// <summary>Of the two truth values, not to be one is to be the other.</summary>
    public static Constraint IsNot(Term constant) => constant.Data is bool value ? Is(value ? Term.False : Term.True) : new(null, [constant]);

    /// <summary>Both constraints together, or <see langword="null"/> if no value satisfies both.</summary>
    public Constraint? And(Constraint other)
    {
        if ((EqualTo ?? other.EqualTo) is not { } equal)
        {
            return new Constraint(null, DifferentFrom.Union(other.DifferentFrom));
        }

        var contradicts = (other.EqualTo is { } otherEqual && !SameConstant(equal, otherEqual))
            || DifferentFrom.Any(constant => SameConstant(equal, constant))
            || other.DifferentFrom.Any(constant => SameConstant(equal, constant));
        return contradicts ? null : Is(equal);
    }

    /// <summary>What holds on either of two paths, or <see langword="null"/> if nothing does.</summary>
    public Constraint? Or(Constraint other)
    {
        if (Equals(other))
        {
            return this;
        }

        var common = Excluded(this, other).Intersect(Excluded(other, this));
        return common.IsEmpty ? null : new Constraint(null, common);
    }

    /// <summary>Null, zero and false are one constant: each is the default value of its type.</summary>
    public static bool SameConstant(Term left, Term right) => left.Equals(right) || (left.IsZero && right.IsZero);

    public bool Equals(Constraint? other) => other is not null && Equals(EqualTo, other.EqualTo) && DifferentFrom.SetEquals(other.DifferentFrom);

    public override bool Equals(object? obj) => Equals(obj as Constraint);

    public override int GetHashCode() => EqualTo?.GetHashCode() ?? DifferentFrom.Count;

    public override string ToString() => EqualTo is { } equal ? $"== {equal}" : $"!= {string.Join(", ", DifferentFrom)}";

    private static ImmutableHashSet<Term> Excluded(Constraint constraint, Constraint other) =>
        constraint.EqualTo is { } equal
            ? [.. other.DifferentFrom.Where(constant => !SameConstant(constant, equal))]
            : constraint.DifferentFrom;
}
