using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Kernel;

/// <summary>A driver that throws is an oops of the emulated kernel, not the end of the machine.</summary>
public sealed class ContainmentTests
{
    [Difference("driver-throws")]
    [Fact]
    public void Throwing_in_mmap() => AssertContained(
        "mmap",
        new TestDriver { OnMmap = (_, _, _) => throw Bug() },
        rig => rig.MapDevice(0, 1));

    [Fact]
    public void Throwing_in_open() => AssertContained(
        "open",
        new TestDriver { OnOpen = (_, _) => throw Bug() },
        rig =>
        {
            rig.MapDevice(0, 1);
            rig.Process.Fork();
        });

    [Fact]
    public void Throwing_in_close() => AssertContained(
        "close",
        new TestDriver { OnClose = (_, _) => throw Bug() },
        rig =>
        {
            rig.MapDevice(0, 1);
            rig.Unmap(0, 1);
        });

    [Fact]
    public void Throwing_in_close_at_exit() => AssertContained(
        "close",
        new TestDriver { OnClose = (_, _) => throw Bug() },
        rig =>
        {
            rig.MapDevice(0, 1);
            rig.Process.Exit();
        });

    [Fact]
    public void Throwing_in_unmap() => AssertContained(
        "unmap",
        new TestDriver { OnUnmap = (_, _, _, _) => throw Bug() },
        rig =>
        {
            rig.MapDevice(0, 1);
            rig.Unmap(0, 1);
        });

    [Fact]
    public void Throwing_in_nopage() => AssertContained(
        "nopage",
        new TestDriver { OnNopage = (_, _, _, _) => throw Bug() },
        rig =>
        {
            rig.MapDevice(0, 1);
            rig.Process.Load<byte>(Rig.At(0));
        });

    [Fact]
    public void Throwing_in_cleanup() => AssertContained(
        "cleanup",
        new TestDriver { OnCleanup = _ => throw Bug() },
        rig => rig.Kernel.Remove(rig.Driver));

    [Fact]
    public void Throwing_in_init_does_not_load_the_module()
    {
        using var machine = new Machine(MachineProfile.I386);

        Assert.NotEqual(Errno.None, machine.Kernel.Insert(new TestDriver { OnInit = _ => throw Bug() }));

        Assert.Contains("a bug in the driver", Assert.Single(machine.Kernel.Oopses).ToString());
        Assert.Equal(Errno.None, machine.Kernel.Insert(new TestDriver()));
    }

    /// <summary>Runs what must make the driver throw; then there is an oops with the driver's stack, and another process can work.</summary>
    private static void AssertContained(string callback, TestDriver driver, Action<Rig> provoke)
    {
        using var rig = new Rig(driver);
        Process other = rig.Kernel.Spawn();

        Tolerate(() => provoke(rig));

        Oops oops = rig.Kernel.Oopses[0];
        Assert.Equal(callback, oops.Callback);
        Assert.Equal("test", oops.Module);
        Assert.Contains("a bug in the driver", oops.ToString());
        Assert.Contains(nameof(ContainmentTests), oops.Exception.StackTrace);

        rig.MapMemory(0, 1, by: other);
        other.Store(Rig.At(0), 42);
        Assert.Equal(42, other.Fork().Load<int>(Rig.At(0)));
        Assert.Equal(Errno.None, rig.Kernel.Insert(new TestDriver { Device = "next", Major = 43 }));
    }

    /// <summary>The process that was in the kernel may be killed or get an error; the driver's own exception must not come through.</summary>
    private static void Tolerate(Action act)
    {
        try
        {
            act();
        }
        catch (Exception error) when (error is SignalException or KernelException)
        {
        }
    }

    private static InvalidOperationException Bug() => new("a bug in the driver");
}
