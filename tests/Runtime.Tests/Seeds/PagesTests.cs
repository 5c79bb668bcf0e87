using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;
using SeedDrivers;

namespace MmapAnalyzers.Runtime.Tests.Seeds;

/// <summary>Listing 3: pages of RAM are handed out one by one, each with a reference for the page table entry.</summary>
public abstract class PagesTests : IDisposable
{
    private readonly Machine _machine;
    private readonly PagesModule _module = new();
    private readonly Process _process;
    private readonly UserAddress _at;

    protected PagesTests(MachineProfile profile)
    {
        _machine = new Machine(profile);
        Assert.Equal(Errno.None, _machine.Kernel.Insert(_module));
        _process = _machine.Kernel.Spawn();
        int fd = _process.Open("/dev/pages", OpenFlags.ReadWrite);
        _at = _process.Mmap(PagesModule.PageCount * Page, Protection.ReadWrite, MapFlags.Shared, fd);
    }

    private ulong Page => (ulong)_machine.Profile.PageSize;

    public void Dispose()
    {
        _machine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Process_and_device_see_the_same_bytes()
    {
        _machine.Kernel.Write(_module.Pages[1] + 8, 42);
        Assert.Equal(42, _process.Load<int>(_at + Page + 8));

        _process.Store(_at + Page + 8, 43);
        Assert.Equal(43, _machine.Kernel.Read<int>(_module.Pages[1] + 8));
    }

    [Fact]
    public void The_hole_is_SIGBUS() =>
        Assert.Equal(Signal.SIGBUS, Assert.Throws<SignalException>(() => _process.Load<int>(_at + (PagesModule.Hole * Page))).Signal);

    [Fact]
    public void Beyond_the_device_is_SIGBUS()
    {
        _process.Mremap(_at, PagesModule.PageCount * Page, (PagesModule.PageCount + 1) * Page);

        Assert.Equal(Signal.SIGBUS, Assert.Throws<SignalException>(() => _process.Load<int>(_at + (PagesModule.PageCount * Page))).Signal);
    }

    [Fact]
    public void A_fault_raises_the_count_of_its_page_and_the_end_of_the_mapping_lowers_it()
    {
        Assert.Equal(1, Count(0));

        _process.Load<int>(_at);
        Assert.Equal(2, Count(0));
        Assert.Equal(1, Count(1));

        Process child = _process.Fork();
        Assert.Equal(3, Count(0));

        _process.Munmap(_at, Page);
        Assert.Equal(2, Count(0));

        child.Exit();
        Assert.Equal(1, Count(0));
    }

    [Fact]
    public void Removing_the_module_frees_its_pages()
    {
        _process.Load<int>(_at);
        _process.Exit();
        int free = _machine.Kernel.MemMap.FreeCount;

        Assert.Equal(Errno.None, _machine.Kernel.Remove<PagesModule>());

        Assert.Equal(free + PagesModule.PageCount - 1, _machine.Kernel.MemMap.FreeCount);
        Assert.Empty(_machine.Violations);
    }

    [Fact]
    public void An_offset_inside_a_page_is_refused()
    {
        int fd = _process.Open("/dev/pages", OpenFlags.ReadWrite);

        Assert.Equal(Errno.ENXIO, Assert.Throws<KernelException>(() => _process.Mmap(Page, Protection.Read, MapFlags.Shared, fd, offset: 1)).Error);
    }

    [Fact]
    public void A_mapping_with_an_offset_starts_at_that_page()
    {
        int fd = _process.Open("/dev/pages", OpenFlags.ReadWrite);
        _machine.Kernel.Write(_module.Pages[3], 42);

        Assert.Equal(42, _process.Load<int>(_process.Mmap(Page, Protection.Read, MapFlags.Shared, fd, offset: 3 * Page)));
    }

    private int Count(int index) => _machine.Kernel.MemMap[_machine.Kernel.MapNr(_module.Pages[index])].Count;
}

public sealed class PagesOnI386() : PagesTests(MachineProfile.I386);

public sealed class PagesOnSparcSrmmu() : PagesTests(MachineProfile.SparcSrmmu);

public sealed class PagesOnSparcSun4c() : PagesTests(MachineProfile.SparcSun4c);

public sealed class PagesOnAlpha() : PagesTests(MachineProfile.Alpha);
