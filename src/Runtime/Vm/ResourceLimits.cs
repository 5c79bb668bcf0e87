using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The limits of one process in bytes (<c>struct rlimit</c>, the current values): a child starts with its parent's.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ResourceLimits
{
    /// <summary>No limit at all. What 2.0.40 calls unlimited ends at the largest <c>long</c> of the machine.</summary>
    public const ulong Unlimited = ulong.MaxValue;

    /// <summary>What a stack may grow to unless told otherwise (<c>_STK_LIM</c>).</summary>
    private const ulong StackDefault = 8 << 20;

    private readonly ulong[] _values = new ulong[(int)Resource.AddressSpace + 1];

    internal ResourceLimits()
    {
        Array.Fill(_values, Unlimited);
        this[Resource.Stack] = StackDefault;
    }

    /// <summary>A limit in bytes (<c>setrlimit</c>, <c>getrlimit</c>); all are <see cref="Unlimited"/> at first but the stack's, which is 8 MiB.</summary>
    /// <param name="resource">Of what.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such resource.</exception>
    public ulong this[Resource resource]
    {
        get => _values[IndexOf(resource)];
        set => _values[IndexOf(resource)] = value;
    }

    /// <summary>All limits in one line.</summary>
    public override string ToString() => string.Join(", ", Enum.GetValues<Resource>().Select(resource => $"{resource} {Show(this[resource])}"));

    internal ResourceLimits Copy()
    {
        var copy = new ResourceLimits();
        _values.CopyTo(copy._values, 0);
        return copy;
    }

    private static string Show(ulong value) => value == Unlimited ? "unlimited" : value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static int IndexOf(Resource resource)
    {
        if (resource is < 0 or > Resource.AddressSpace)
            throw new ArgumentOutOfRangeException(nameof(resource), resource, "There is no such resource.");
        return (int)resource;
    }
}
