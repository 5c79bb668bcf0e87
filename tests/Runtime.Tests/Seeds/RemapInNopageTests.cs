using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;
using SeedDrivers;

namespace MmapAnalyzers.Runtime.Tests.Seeds;

/// <summary>Listing 2: what remapping inside <c>nopage</c> really does, and what works.</summary>
public abstract class RemapInNopageTests : IDisposable
{
    private readonly Machine _machine;
    private readonly RecordingMmio _memory = new();
    private readonly PhysicalAddress _device;

    protected RemapInNopageTests(MachineProfile profile)
    {
        _machine = new Machine(profile);
        _device = _machine.AddMmio(2 * Page, _memory);
    }

    private ulong Page => (ulong)_machine.Profile.PageSize;

    public void Dispose()
    {
        _machine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void As_printed_the_entry_is_installed_and_the_process_gets_SIGBUS_all_the_same()
    {
        Process process = Map(new RemapInNopageModule(), "/dev/lazyremap", out UserAddress at);
        Assert.Equal(Signal.SIGBUS, Assert.Throws<SignalException>(() => process.Load<byte>(at)).Signal);

        Assert.Equal(_device, Rig.Entry(_machine.Kernel, process, at).Frame);
    }

    [Fact]
    public void As_printed_the_books_are_in_order_and_the_module_can_be_removed()
    {
        Process process = Map(new RemapInNopageModule(), "/dev/lazyremap", out UserAddress at);
        Assert.Throws<SignalException>(() => process.Load<byte>(at));

        process.Exit();

        Assert.Equal(Errno.None, _machine.Kernel.Remove<RemapInNopageModule>());
        Assert.Empty(_machine.Violations);
    }

    [Fact]
    public void Corrected_the_process_sees_the_device()
    {
        Process process = Map(new RemapInMmapModule(), "/dev/remap", out UserAddress at);

        Assert.Equal(RecordingMmio.Answer, process.Load<byte>(at + Page + 8));
        Assert.Equal([$"read {Page + 8:x} 1"], _memory.Accesses);
    }

    [Fact]
    public void Corrected_the_module_can_be_removed_when_the_process_is_gone()
    {
        Process process = Map(new RemapInMmapModule(), "/dev/remap", out UserAddress at);
        process.Load<byte>(at);
        Assert.Equal(Errno.EBUSY, _machine.Kernel.Remove<RemapInMmapModule>());

        process.Exit();

        Assert.Equal(Errno.None, _machine.Kernel.Remove<RemapInMmapModule>());
        Assert.Empty(_machine.Violations);
    }

    private Process Map(KernelModule module, string path, out UserAddress at)
    {
        Assert.Equal(Errno.None, _machine.Kernel.Insert(module));
        Process process = _machine.Kernel.Spawn();
        int fd = process.Open(path, OpenFlags.ReadWrite);
        at = process.Mmap(2 * Page, Protection.ReadWrite, MapFlags.Shared, fd, _machine.Kernel.PhysToVirt(_device).Value);
        return process;
    }
}

public sealed class RemapInNopageOnI386() : RemapInNopageTests(MachineProfile.I386);

public sealed class RemapInNopageOnSparcSrmmu() : RemapInNopageTests(MachineProfile.SparcSrmmu);

public sealed class RemapInNopageOnSparcSun4c() : RemapInNopageTests(MachineProfile.SparcSun4c);

public sealed class RemapInNopageOnAlpha() : RemapInNopageTests(MachineProfile.Alpha);
