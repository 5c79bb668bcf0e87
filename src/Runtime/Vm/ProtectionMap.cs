using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Which bits an area's pages get for its flags (<c>protection_map</c>).</summary>
/// <remarks>The processor has one bit for user and one for write: writing implies reading, and executing is reading.</remarks>
internal sealed class ProtectionMap(PageTableFormat format)
{
    /// <summary>Present for the kernel only (<c>PAGE_NONE</c>).</summary>
    public ulong None { get; } = format.Present | format.Accessed;

    /// <summary>Readable; a private writable page starts like this too (<c>PAGE_READONLY</c>, <c>PAGE_COPY</c>).</summary>
    public ulong ReadOnly { get; } = format.Present | format.User | format.Accessed;

    /// <summary>Writable (<c>PAGE_SHARED</c>).</summary>
    public ulong Shared { get; } = format.Present | format.Writable | format.User | format.Accessed;

    public PageProtection For(VmFlags flags)
    {
        if ((flags & (VmFlags.Read | VmFlags.Write | VmFlags.Exec)) == 0)
            return new PageProtection(None);
        return new PageProtection((flags & (VmFlags.Write | VmFlags.Shared)) == (VmFlags.Write | VmFlags.Shared) ? Shared : ReadOnly);
    }
}
