using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>The flag bits of a page table entry that a mapping gives to its pages: the kernel's <c>pgprot_t</c>.</summary>
/// <remarks>The bits mean what <see cref="PageTableFormat"/> of the machine's profile says. A driver passes them on and may add to them.</remarks>
/// <param name="Bits">The bits as they stand in an entry.</param>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct PageProtection(ulong Bits)
{
    /// <summary>These bits and <paramref name="bits"/>, as in <c>pgprot_val(prot) |= _PAGE_PCD</c>.</summary>
    public static PageProtection operator |(PageProtection protection, ulong bits) => new(protection.Bits | bits);

    /// <summary>The bits in hexadecimal.</summary>
    public override string ToString() => Bits.ToString("x3");
}
