using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace Tour.Running.Episodes;

/// <summary>Success is reported without a mapping, and the process works on zeros.</summary>
internal sealed class RemapResult : Episode
{
    private const int Status = 0x600d;

    public override string RuleId => "MMAP3001";

    public override string Title => "mmap does not look whether the remap worked";

    public override string Introduction =>
        "remap_page_range fails when memory for a page table is short. A driver that reports success all the same leaves the process with an area "
        + "and nothing in it: its loads find zeros, its stores go nowhere near the device.";

    public override Run Run(KernelModule driver)
    {
        using var script = new Script(driver);
        var registers = new Registers((int)Script.Page);
        registers.Write(0, sizeof(int), Status);
        var device = script.Machine.AddMmio(Script.Page, registers);
        script.Told("the device's status register", $"{Status:x}");
        var process = script.Kernel.Spawn();
        var fd = process.Open("/dev/fb", OpenFlags.ReadWrite);

        // After it the kernel has room for the structure of another area: what will be short is the page table.
        process.Mmap(Script.Page, Protection.Read, MapFlags.Private | MapFlags.Anonymous);
        var hoard = new List<KernelAddress>();
        for (var page = script.Kernel.GetDirtyPage(); !page.IsNull; page = script.Kernel.GetDirtyPage())
            hoard.Add(page);
        script.Told("something takes all memory", $"{script.Kernel.MemMap.FreeCount} pages free");
        var result = process.SysMmap(default, Script.Page, Protection.ReadWrite, MapFlags.Shared, fd, device.Value);
        hoard.ForEach(script.Kernel.FreePage);
        if (result < 0)
        {
            script.Told("mmap(fd, 1 page)", $"{(Errno)(-result)}: the process knows");
            result = process.SysMmap(default, Script.Page, Protection.ReadWrite, MapFlags.Shared, fd, device.Value);
            script.Told("memory is back, mmap again", result < 0 ? $"{(Errno)(-result)}" : "done", result < 0);
        }
        else
        {
            script.Told("mmap(fd, 1 page)", "reports success");
            script.Told("memory is back", "");
        }

        var seen = process.Load<int>(new UserAddress((ulong)result));
        script.Told("load the status register", $"{seen:x}", seen != Status);
        script.Exit("process", process, expectedUse: 0);
        script.Remove(Errno.None);
        return script.Finish();
    }
}
