using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>A driver of a device that is read and written; what it does is the test's, a slot that the test leaves out stays empty.</summary>
internal sealed class TransferDriver : KernelModule
{
    public const string Path = "/dev/transfer";

    public override string Name => "transfer";
    public Func<LinuxKernel, FileOperations> OnRegister { get; init; } = _ => new FileOperations();

    protected override Errno Init() => Kernel.RegisterCharDevice(43, "transfer", OnRegister(Kernel));

    protected override void Cleanup() => Kernel.UnregisterCharDevice(43, "transfer");

    /// <summary>Loads such a driver and opens its device.</summary>
    public static int Open(FileRig rig, Func<LinuxKernel, FileOperations> operations, OpenFlags flags = OpenFlags.ReadWrite)
    {
        Assert.Equal(Errno.None, rig.Kernel.Insert(new TransferDriver { OnRegister = operations }));
        return rig.Process.Open(Path, flags);
    }
}
