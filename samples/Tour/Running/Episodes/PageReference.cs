using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace Tour.Running.Episodes;

/// <summary>The driver's page is freed under it and given to a stranger.</summary>
internal sealed class PageReference : Episode
{
    private const int Secret = 0x5ec2e7;

    public override string RuleId => "MMAP2001";

    public override string Title => "nopage hands out a page without a reference";

    public override string Introduction =>
        "The page table entry that the kernel makes owns one reference to the page, and unmapping gives it back. nopage must take it. "
        + "This driver does not, so each unmap takes one of the driver's own, and the last one frees the page under it.";

    public override Run Run(KernelModule driver)
    {
        using var script = new Script(driver);
        var process = script.Kernel.Spawn();
        var fd = process.Open("/dev/page", OpenFlags.ReadWrite);
        var at = process.Mmap(Script.Page, Protection.ReadWrite, MapFlags.Shared, fd);
        script.Told("mmap(fd, 1 page)", "nothing is touched yet");
        process.Store(at, Secret);
        script.Told($"store {Secret:x}, which faults the page in", "the page table entry has it");
        var stranger = script.Kernel.Spawn();
        var memory = stranger.Mmap(2 * Script.Page, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous);
        stranger.Store(memory, 1);

        var free = script.Kernel.MemMap.FreeCount;
        process.Munmap(at, Script.Page);
        var isFreed = script.Kernel.MemMap.FreeCount > free;
        script.Told("munmap", isFreed ? "the driver's page is free" : "the driver still has its page", isFreed);
        stranger.Store(memory + Script.Page, 0x29a);
        script.Told("a stranger writes 29a to a new page of its own", "done");
        at = process.Mmap(Script.Page, Protection.ReadWrite, MapFlags.Shared, fd);
        var seen = process.Load<int>(at);
        script.Told("mmap again, load", seen == Secret ? $"{seen:x}" : $"{seen:x}, the stranger's, instead of {Secret:x}", seen != Secret);
        script.Exit("process", process, expectedUse: 0);
        script.Exit("stranger", stranger);
        script.Remove(Errno.None);
        return script.Finish();
    }
}
