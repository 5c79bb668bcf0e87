using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Which bits an area's pages get for its flags (<c>protection_map</c>).</summary>
internal sealed class ProtectionMap(PageTableFormat format)
{
    private const VmFlags Relevant = VmFlags.Read | VmFlags.Write | VmFlags.Exec | VmFlags.Shared;

    public PageProtection For(VmFlags flags) => new(format.ProtectionMap[(int)(flags & Relevant)]);
}
