using System.Runtime.CompilerServices;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Verification;

/// <summary>A machine that nobody holds any more goes as a whole, although nobody disposed of it.</summary>
public sealed class CollectionTests
{
    [Fact]
    public void A_dropped_machine_is_collected_with_its_process_area_and_module()
    {
        WeakReference[] dropped = DropMachine();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.All(dropped, part => Assert.False(part.IsAlive));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] DropMachine()
    {
        var driver = new PageDriver(1);
        var machine = new Machine(MachineProfile.I386);
        machine.StartTrace();
        machine.Kernel.Insert(driver);
        Process process = machine.Kernel.Spawn();
        UserAddress at = process.Mmap(Rig.Page, Protection.ReadWrite, MapFlags.Shared, process.Open("/dev/test", OpenFlags.ReadWrite));
        process.Store(at, 1);
        VmArea area = process.AddressSpace.FindArea(at)!;
        return [new(machine), new(machine.Kernel), new(process), new(area), new(driver)];
    }
}
