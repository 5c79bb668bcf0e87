using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Modules that come and go: what their use count decides.</summary>
internal static class ModuleCases
{
    [PeerCase("k20:module.unmapped_count")]
    public static void A_mapping_that_nobody_counted_lets_the_module_go_and_close_is_an_oops()
    {
        using var rig = new Rig(new TestDriver
        {
            OnMmap = (driver, _, area) =>
            {
                area.Operations = driver.Operations;
                return Errno.None;
            },
        });
        rig.MapDevice(0, 3);
        rig.Forget();

        Assert.Equal(Errno.None, rig.Kernel.Remove(rig.Driver));
        SignalException killed = Assert.Throws<SignalException>(() => rig.Unmap(0, 3));

        Assert.NotNull(killed.Oops);
        Assert.Empty(rig.Story());
        Assert.False(rig.Process.IsAlive);
    }

    [PeerCase("k20:module.init")]
    public static void A_failing_init_is_EBUSY_and_its_count_is_forced_to_zero()
    {
        List<int> counts = [];
        var module = new TestDriver
        {
            OnInit = driver =>
            {
                counts.Add(driver.UseCount);
                driver.IncrementUseCount();
                counts.Add(driver.UseCount);
                return Errno.ENODEV;
            },
        };
        using var machine = new Machine(MachineProfile.I386);

        Assert.Equal(Errno.EBUSY, machine.Kernel.Insert(module));

        Assert.Equal([1, 2], counts);
        Assert.Equal(0, module.UseCount);
        Assert.Empty(machine.Kernel.Modules);
        Assert.Empty(machine.Shutdown());
    }

    [PeerCase("k20:module.cleanup_leaves_count")]
    public static void A_module_whose_cleanup_raised_its_count_stays_until_the_count_is_zero()
    {
        using var machine = new Machine(MachineProfile.I386);
        var module = new TestDriver { OnCleanup = driver => driver.IncrementUseCount() };
        var other = new TestDriver { Device = "other", Major = 43 };
        Assert.Equal(Errno.None, machine.Kernel.Insert(module));
        Assert.Equal(Errno.None, machine.Kernel.Insert(other));

        Assert.Equal(Errno.None, machine.Kernel.Remove(module));
        Assert.Equal([module, other], machine.Kernel.Modules);
        Assert.Equal(1, module.UseCount);
        Assert.Equal(Errno.ENOENT, machine.Kernel.Remove(module));
        Assert.Equal(Errno.None, machine.Kernel.Insert(new TestDriver()));

        module.DecrementUseCount();
        Assert.Contains(module, machine.Kernel.Modules);
        Assert.Equal(Errno.None, machine.Kernel.Remove(other));
        Assert.DoesNotContain(module, machine.Kernel.Modules);
    }
}
