using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>A driver that remaps whatever address a process passes as the offset.</summary>
internal sealed class RemapDriver : TestDriver
{
    public RemapDriver() => OnMmap = (_, inode, area) =>
        Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) == Errno.None ? CountedMmap(inode, area) : Errno.EAGAIN;
}
