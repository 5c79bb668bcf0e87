using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace Tour.Running.Episodes;

/// <summary>The module is removed under a live mapping.</summary>
internal sealed class FirstMapping : Episode
{
    public override string RuleId => "MMAP1001";

    public override string Title => "the first mapping does not count itself";

    public override string Introduction =>
        "Every area that maps the device must count the module in use. The kernel calls open for copies of an area, at fork and at a partial unmap, "
        + "but not for the first one: that one mmap must count itself. This driver leaves that to open.";

    public override Run Run(KernelModule driver)
    {
        using var script = new Script(driver);
        var device = script.Machine.AddMmio(2 * Script.Page, new Registers(2 * (int)Script.Page));
        var process = script.Kernel.Spawn();
        var fd = process.Open("/dev/fb", OpenFlags.ReadWrite);
        var at = process.Mmap(2 * Script.Page, Protection.ReadWrite, MapFlags.Shared, fd, device.Value);
        script.Counted("mmap(fd, 2 pages)", expected: 1);
        process.Close(fd);
        script.Told("close(fd)", "the mapping stays");
        script.Remove(Errno.EBUSY);
        script.Try("store 42, load", () =>
        {
            process.Store(at, 42);
            return $"{process.Load<int>(at)}";
        });
        script.Try("munmap(first page)", () =>
        {
            process.Munmap(at, Script.Page);
            return "open for the rest, close for the whole";
        });
        script.Exit("process", process);
        script.Remove(Errno.None);
        return script.Finish();
    }
}
