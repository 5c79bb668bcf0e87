using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>An address on the bus, in bytes: frames of memory from zero up, memory-mapped I/O above them.</summary>
/// <param name="Value">The address in bytes on the bus.</param>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct PhysicalAddress(ulong Value) : IComparable<PhysicalAddress>
{
    /// <summary>The address <paramref name="bytes"/> above <paramref name="address"/>.</summary>
    public static PhysicalAddress operator +(PhysicalAddress address, ulong bytes) => new(address.Value + bytes);

    /// <summary>The address <paramref name="bytes"/> below <paramref name="address"/>.</summary>
    public static PhysicalAddress operator -(PhysicalAddress address, ulong bytes) => new(address.Value - bytes);

    /// <summary>The distance in bytes from <paramref name="right"/> up to <paramref name="left"/>.</summary>
    public static ulong operator -(PhysicalAddress left, PhysicalAddress right) => left.Value - right.Value;

    /// <summary>Whether <paramref name="left"/> lies below <paramref name="right"/>.</summary>
    public static bool operator <(PhysicalAddress left, PhysicalAddress right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> lies above <paramref name="right"/>.</summary>
    public static bool operator >(PhysicalAddress left, PhysicalAddress right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> does not lie above <paramref name="right"/>.</summary>
    public static bool operator <=(PhysicalAddress left, PhysicalAddress right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> does not lie below <paramref name="right"/>.</summary>
    public static bool operator >=(PhysicalAddress left, PhysicalAddress right) => left.Value >= right.Value;

    /// <summary>The address with the number <paramref name="value"/>.</summary>
    public static explicit operator PhysicalAddress(ulong value) => new(value);

    /// <summary>The number of <paramref name="address"/>.</summary>
    public static explicit operator ulong(PhysicalAddress address) => address.Value;

    /// <inheritdoc/>
    public int CompareTo(PhysicalAddress other) => Value.CompareTo(other.Value);

    /// <summary>The address in hexadecimal, eight digits or more.</summary>
    public override string ToString() => Value.ToString("x8");
}
