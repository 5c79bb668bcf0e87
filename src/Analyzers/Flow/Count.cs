namespace MmapAnalyzers.Flow;

/// <summary>
/// An interval of (taken - given back), exact from -<see cref="Limit"/> to <see cref="Limit"/> and unbounded beyond.
/// </summary>
/// <remarks>
/// Lattice: bottom is the absence of a state; <see cref="Join"/> is the convex hull: commutative, associative, idempotent, and
/// <c>a ⊑ a.Join(b)</c>. Top is <see cref="Unknown"/>. Chains are finite because adding saturates at the limit.
/// </remarks>
internal readonly record struct Count(int Low, int High)
{
    public const int Limit = 8;
    private const int MinusInfinity = -Limit - 1;
    private const int PlusInfinity = Limit + 1;

    public static readonly Count Zero = new(0, 0);
    public static readonly Count Unknown = new(MinusInfinity, PlusInfinity);

    public bool IsExact => Low == High && Low is > MinusInfinity and < PlusInfinity;

    public bool IsUnknown => Low == MinusInfinity && High == PlusInfinity;

    public static Count Exactly(int units) => Zero.Add(units);

    public Count Add(int units) => new(Saturate(Low, units), Saturate(High, units));

    public Count Add(Count other) => new(Saturate(Low, other.Low), Saturate(High, other.High));

    public Count Join(Count other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary>The join that gives up the bound that still moves, so that a loop comes to rest.</summary>
    public Count Widen(Count next) => new(next.Low < Low ? MinusInfinity : Low, next.High > High ? PlusInfinity : High);

    public override string ToString() => IsExact ? Low.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"[{Bound(Low)}, {Bound(High)}]";

    private static int Saturate(int bound, int units) =>
        bound is MinusInfinity or PlusInfinity ? bound : Math.Max(MinusInfinity, Math.Min(PlusInfinity, bound + units));

    private static string Bound(int bound) => bound switch
    {
        MinusInfinity => "-∞",
        PlusInfinity => "∞",
        _ => bound.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}

/// <summary>What is counted: units of a resource on one object.</summary>
internal readonly record struct CountKey(string Resource, Term Target)
{
    /// <summary>The resource name under which plain integer fields are counted.</summary>
    public const string CounterResource = "counter";

    public bool IsCounter => Resource == CounterResource;

    public override string ToString() => $"{Resource} of {Target}";
}
