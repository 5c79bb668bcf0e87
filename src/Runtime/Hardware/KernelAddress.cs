using System.Diagnostics;
using MmapAnalyzers.Annotations;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>An address as a kernel pointer holds it, in bytes: a logical address, which stands for one of memory by a fixed offset,
/// or a <c>vmalloc</c> address, which only the kernel's page tables know.</summary>
/// <param name="Value">The address in bytes from the start of the kernel segment.</param>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct KernelAddress(ulong Value) : IComparable<KernelAddress>
{
    /// <summary>The null pointer: no address, the answer of an allocator that has nothing.</summary>
    [NullValue]
    public static KernelAddress Null => default;

    /// <summary>Whether this is the null pointer.</summary>
    [NullValue]
    public bool IsNull => Value == 0;

    /// <summary>The address <paramref name="bytes"/> above <paramref name="address"/>.</summary>
    public static KernelAddress operator +(KernelAddress address, ulong bytes) => new(address.Value + bytes);

    /// <summary>The address <paramref name="bytes"/> below <paramref name="address"/>.</summary>
    public static KernelAddress operator -(KernelAddress address, ulong bytes) => new(address.Value - bytes);

    /// <summary>The distance in bytes from <paramref name="right"/> up to <paramref name="left"/>.</summary>
    public static ulong operator -(KernelAddress left, KernelAddress right) => left.Value - right.Value;

    /// <summary>Whether <paramref name="left"/> lies below <paramref name="right"/>.</summary>
    public static bool operator <(KernelAddress left, KernelAddress right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> lies above <paramref name="right"/>.</summary>
    public static bool operator >(KernelAddress left, KernelAddress right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> does not lie above <paramref name="right"/>.</summary>
    public static bool operator <=(KernelAddress left, KernelAddress right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> does not lie below <paramref name="right"/>.</summary>
    public static bool operator >=(KernelAddress left, KernelAddress right) => left.Value >= right.Value;

    /// <summary>The address with the number <paramref name="value"/>.</summary>
    public static explicit operator KernelAddress(ulong value) => new(value);

    /// <summary>The number of <paramref name="address"/>.</summary>
    public static explicit operator ulong(KernelAddress address) => address.Value;

    /// <inheritdoc/>
    public int CompareTo(KernelAddress other) => Value.CompareTo(other.Value);

    /// <summary>The address in hexadecimal, eight digits or more.</summary>
    public override string ToString() => Value.ToString("x8");
}
