using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Kernel;

/// <summary>Modules are loaded, counted in use by their drivers alone, and removed.</summary>
public sealed class ModuleTests : IDisposable
{
    private readonly Machine _machine = new(MachineProfile.I386);

    private LinuxKernel Kernel => _machine.Kernel;

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_failing_init_does_not_load_the_module()
    {
        var module = new TestDriver { OnInit = _ => Errno.ENODEV };

        Assert.Equal(Errno.EBUSY, Kernel.Insert(module));
        Assert.Equal(Errno.ENOENT, Kernel.Remove(module));
    }

    [Fact]
    public void A_module_that_was_never_loaded_cannot_be_removed() =>
        Assert.Equal(Errno.ENOENT, Kernel.Remove<TestDriver>());

    [Fact]
    public void A_module_in_use_stays_and_its_cleanup_does_not_run()
    {
        bool isCleanedUp = false;
        var module = new TestDriver { OnCleanup = _ => isCleanedUp = true };
        Assert.Equal(Errno.None, Kernel.Insert(module));
        module.IncrementUseCount();

        Assert.Equal(Errno.EBUSY, Kernel.Remove(module));
        Assert.False(isCleanedUp);

        module.DecrementUseCount();
        Assert.Equal(Errno.None, Kernel.Remove(module));
        Assert.True(isCleanedUp);
    }

    [Fact]
    public void A_unit_that_init_gives_back_without_having_taken_it_is_noticed_when_init_has_run()
    {
        var module = new TestDriver
        {
            OnInit = driver =>
            {
                driver.DecrementUseCount();
                return driver.Register();
            },
        };

        Assert.Equal(Errno.None, Kernel.Insert(module));

        Assert.Equal(-1, module.UseCount);
        Assert.Contains("use count fell to -1 in init", Assert.Single(_machine.Violations).Message);
    }

    [Fact]
    public void A_unit_that_cleanup_takes_and_nobody_gives_back_is_reported_at_the_end()
    {
        var module = new TestDriver { OnCleanup = driver => driver.IncrementUseCount() };
        Assert.Equal(Errno.None, Kernel.Insert(module));
        Assert.Equal(Errno.None, Kernel.Remove(module));
        Assert.Empty(_machine.Violations);

        Violation violation = Assert.Single(_machine.Shutdown());

        Assert.Equal("module-use", violation.Resource);
        Assert.Contains("1 unit left", violation.Message);
    }

    [Fact]
    public void An_open_file_alone_does_not_count_the_module_in_use()
    {
        var module = new TestDriver();
        Assert.Equal(Errno.None, Kernel.Insert(module));

        Kernel.Spawn().Open("/dev/test", OpenFlags.ReadWrite);

        Assert.Equal(0, module.UseCount);
        Assert.Equal(Errno.None, Kernel.Remove(module));
    }

    [Fact]
    public void The_device_is_there_while_the_module_is()
    {
        var module = new TestDriver();
        Assert.Equal(Errno.None, Kernel.Insert(module));
        Kernel.Spawn().Open("/dev/test", OpenFlags.ReadWrite);

        Assert.Equal(Errno.None, Kernel.Remove(module));

        Assert.Throws<KernelException>(() => Kernel.Spawn().Open("/dev/test", OpenFlags.ReadWrite));
    }

    [Difference("module-left")]
    [Fact]
    public void A_mapping_that_nobody_counts_lets_the_module_go_and_the_next_call_into_it_is_an_oops()
    {
        using var rig = new Rig(new PageDriver(pages: 1)
        {
            OnMmap = (driver, _, area) =>
            {
                area.Operations = driver.Operations;
                return Errno.None;
            },
        });
        rig.MapDevice(0, 1);
        Process other = rig.Kernel.Spawn();

        Assert.Equal(Errno.None, rig.Kernel.Remove(rig.Driver));
        rig.Forget();
        Assert.Throws<SignalException>(() => rig.Process.Load<byte>(Rig.At(0)));

        Assert.Empty(rig.Driver.Calls);
        Assert.NotEmpty(rig.Kernel.Oopses);
        rig.MapMemory(0, 1, by: other);
        other.Store(Rig.At(0), 1);
    }

    [Fact]
    public void A_number_that_another_driver_has_is_EBUSY()
    {
        Assert.Equal(Errno.None, Kernel.Insert(new TestDriver()));

        Assert.Equal(Errno.EBUSY, Kernel.Insert(new TestDriver { Device = "rival" }));
    }

    [Fact]
    public void A_file_that_is_not_there_is_ENOENT() =>
        Assert.Equal(Errno.ENOENT, Assert.Throws<KernelException>(() => Kernel.Spawn().Open("/dev/nothing", OpenFlags.ReadWrite)).Error);

    [Fact]
    public void Closing_a_file_that_is_not_open_is_EBADF() =>
        Assert.Equal(Errno.EBADF, Assert.Throws<KernelException>(() => Kernel.Spawn().Close(77)).Error);

    [Fact]
    public void A_driver_that_was_not_loaded_is_told_so() =>
        Assert.Contains("Insert", Assert.Throws<InvalidOperationException>(() => new TestDriver().Kernel).Message);
}
