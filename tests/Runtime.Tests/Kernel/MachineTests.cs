using System.Runtime.CompilerServices;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Kernel;

/// <summary>Machines are objects like any other: independent of each other, and gone when nobody holds them.</summary>
public sealed class MachineTests
{
    [Fact]
    public void Two_machines_do_not_influence_each_other()
    {
        using var one = new Rig(new PageDriver(pages: 1));
        using var other = new Rig(new PageDriver(pages: 1));
        int free = other.Kernel.MemMap.FreeCount;

        one.MapDevice(0, 1);
        one.Process.Store(Rig.At(0), 42);
        one.MapMemory(1, 1);
        one.Process.Store(Rig.At(1), 42);

        Assert.Equal(free, other.Kernel.MemMap.FreeCount);
        Assert.Equal(0, other.Driver.UseCount);
        Assert.Equal(Signal.SIGSEGV, Assert.Throws<SignalException>(() => other.Process.Load<int>(Rig.At(0))).Signal);
    }

    [Difference("time")]
    [Fact]
    public void The_same_steps_give_the_same_addresses_on_every_machine()
    {
        using var one = new Rig(new PageDriver(pages: 3));
        using var other = new Rig(new PageDriver(pages: 3));

        Assert.Equal(((PageDriver)one.Driver).Pages, ((PageDriver)other.Driver).Pages);
    }

    [Fact]
    public void A_module_belongs_to_one_machine()
    {
        using var one = new Machine(MachineProfile.I386);
        using var other = new Machine(MachineProfile.I386);
        var module = new TestDriver();
        Assert.Equal(Errno.None, one.Kernel.Insert(module));

        Assert.ThrowsAny<Exception>(() => other.Kernel.Insert(module));
    }

    [Fact]
    public void A_dropped_machine_is_collected_with_all_that_was_going_on_in_it()
    {
        (WeakReference machine, WeakReference process) = Live();

        for (int i = 0; i < 10 && (machine.IsAlive || process.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(machine.IsAlive);
        Assert.False(process.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Machine, WeakReference Process) Live()
    {
        var rig = new Rig(new PageDriver(pages: 2));
        rig.MapDevice(0, 2);
        rig.Process.Store(Rig.At(0), 42);
        rig.Process.Fork();
        return (new WeakReference(rig.Machine), new WeakReference(rig.Process));
    }
}
