using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace Tour.Running.Episodes;

/// <summary>The inode is free while a file is still open.</summary>
internal sealed class InodeCount : Episode
{
    public override string RuleId => "MMAP1005";

    public override string Title => "the area is given an inode that nobody counted";

    public override string Introduction =>
        "With area.Inode = inode a reference goes to the area, and the kernel gives it back when the area goes. mmap must take it first. "
        + "This driver does not, so the reference that is given back belongs to the open file.";

    public override Run Run(KernelModule driver)
    {
        using var script = new Script(driver);
        var device = script.Machine.AddMmio(Script.Page, new Registers((int)Script.Page));
        var process = script.Kernel.Spawn();
        var fd = process.Open("/dev/fb", OpenFlags.ReadWrite);
        var inode = script.Kernel.FindInode("/dev/fb")!;
        Counted("open(\"/dev/fb\")", 1);
        var at = process.Mmap(Script.Page, Protection.ReadWrite, MapFlags.Shared, fd, device.Value);
        Counted("mmap(fd, 1 page)", 2);
        process.Munmap(at, Script.Page);
        Counted("munmap", 1);
        process.Close(fd);
        Counted("close(fd)", 0);
        script.Exit("process", process, expectedUse: 0);
        script.Remove(Errno.None);
        return script.Finish();

        void Counted(string action, int expected) => script.Told(action, $"inode count {inode.Count}", inode.Count != expected);
    }
}
