using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>A linear address of a process, in bytes: what a pointer of the user program holds.</summary>
/// <param name="Value">The address in bytes from the start of the address space.</param>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct UserAddress(ulong Value) : IComparable<UserAddress>
{
    /// <summary>The address <paramref name="bytes"/> above <paramref name="address"/>.</summary>
    public static UserAddress operator +(UserAddress address, ulong bytes) => new(address.Value + bytes);

    /// <summary>The address <paramref name="bytes"/> below <paramref name="address"/>.</summary>
    public static UserAddress operator -(UserAddress address, ulong bytes) => new(address.Value - bytes);

    /// <summary>The distance in bytes from <paramref name="right"/> up to <paramref name="left"/>.</summary>
    public static ulong operator -(UserAddress left, UserAddress right) => left.Value - right.Value;

    /// <summary>Whether <paramref name="left"/> lies below <paramref name="right"/>.</summary>
    public static bool operator <(UserAddress left, UserAddress right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> lies above <paramref name="right"/>.</summary>
    public static bool operator >(UserAddress left, UserAddress right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> does not lie above <paramref name="right"/>.</summary>
    public static bool operator <=(UserAddress left, UserAddress right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> does not lie below <paramref name="right"/>.</summary>
    public static bool operator >=(UserAddress left, UserAddress right) => left.Value >= right.Value;

    /// <summary>The address with the number <paramref name="value"/>.</summary>
    public static explicit operator UserAddress(ulong value) => new(value);

    /// <summary>The number of <paramref name="address"/>.</summary>
    public static explicit operator ulong(UserAddress address) => address.Value;

    /// <inheritdoc/>
    public int CompareTo(UserAddress other) => Value.CompareTo(other.Value);

    /// <summary>The address in hexadecimal, eight digits or more, as in <c>/proc/pid/maps</c>.</summary>
    public override string ToString() => Value.ToString("x8");
}
