using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace Tour.Running.Episodes;

/// <summary>The use count falls below zero, and the module can never be removed.</summary>
internal sealed class OpenAndClose : Episode
{
    public override string RuleId => "MMAP1002";

    public override string Title => "close gives back what open never took";

    public override string Introduction =>
        "A fork copies the mapping, a partial unmap splits it, and each piece is closed on its own in the end. Whatever close gives back, "
        + "open must have taken for each copy. This driver has a close method and no open method.";

    public override Run Run(KernelModule driver)
    {
        using var script = new Script(driver);
        var device = script.Machine.AddMmio(3 * Script.Page, new Registers(3 * (int)Script.Page));
        var parent = script.Kernel.Spawn();
        var fd = parent.Open("/dev/fb", OpenFlags.ReadWrite);
        var at = parent.Mmap(3 * Script.Page, Protection.ReadWrite, MapFlags.Shared, fd, device.Value);
        script.Counted("parent: mmap(fd, 3 pages)", expected: 1);
        var child = parent.Fork();
        script.Counted("parent: fork()", expected: 2);
        child.Munmap(at + Script.Page, Script.Page);
        script.Counted("child: munmap(middle page)", expected: 3);
        script.Exit("child", child, expectedUse: 1);
        script.Exit("parent", parent, expectedUse: 0);
        script.Remove(Errno.None);
        return script.Finish();
    }
}
