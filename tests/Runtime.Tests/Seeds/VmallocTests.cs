using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;
using SeedDrivers;

namespace MmapAnalyzers.Runtime.Tests.Seeds;

/// <summary>Listing 4: the pages behind a <c>vmalloc</c> buffer are found in the page tables.</summary>
public abstract class VmallocTests : IDisposable
{
    private const int Words = (int)(VmallocModule.Size / sizeof(int));

    private readonly Machine _machine;
    private readonly VmallocModule _module = new();
    private readonly Process _process;
    private readonly UserAddress _at;

    protected VmallocTests(MachineProfile profile)
    {
        _machine = new Machine(profile);
        Assert.Equal(Errno.None, _machine.Kernel.Insert(_module));
        _process = _machine.Kernel.Spawn();
        int fd = _process.Open("/dev/vmalloc", OpenFlags.ReadWrite);
        _at = _process.Mmap(VmallocModule.Size, Protection.ReadWrite, MapFlags.Shared, fd);
    }

    private ulong Page => (ulong)_machine.Profile.PageSize;

    public void Dispose()
    {
        _machine.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void The_process_sees_the_buffer_from_end_to_end()
    {
        for (int i = 0; i < Words; i++)
            _machine.Kernel.Write(_module.Buffer + (ulong)(i * sizeof(int)), i);

        Assert.Equal(Enumerable.Range(0, Words), Enumerable.Range(0, Words).Select(i => _process.Load<int>(_at + (ulong)(i * sizeof(int)))));
    }

    [Fact]
    public void The_buffer_takes_what_the_process_writes()
    {
        _process.Store(_at + (3 * Page) + 4, 42);

        Assert.Equal(42, _machine.Kernel.Read<int>(_module.Buffer + (3 * Page) + 4));
    }

    [Fact]
    public void A_fault_raises_the_count_of_the_page_behind_the_buffer_and_the_end_of_the_mapping_lowers_it()
    {
        Assert.Equal(1, Count(2));

        _process.Load<int>(_at + (2 * Page));
        Assert.Equal(2, Count(2));
        Assert.Equal(1, Count(3));

        _process.Exit();
        Assert.Equal(1, Count(2));
    }

    [Fact]
    public void Beyond_the_buffer_is_SIGBUS()
    {
        _process.Mremap(_at, VmallocModule.Size, VmallocModule.Size + Page);

        Assert.Equal(Signal.SIGBUS, Assert.Throws<SignalException>(() => _process.Load<int>(_at + VmallocModule.Size)).Signal);
    }

    [Fact]
    public void Removing_the_module_frees_the_buffer()
    {
        _process.Load<int>(_at);
        Assert.Equal(Errno.EBUSY, _machine.Kernel.Remove<VmallocModule>());
        _process.Exit();
        int free = _machine.Kernel.MemMap.FreeCount;

        Assert.Equal(Errno.None, _machine.Kernel.Remove<VmallocModule>());

        Assert.Equal(free + (int)(VmallocModule.Size / Page), _machine.Kernel.MemMap.FreeCount);
        Assert.Empty(_machine.Shutdown());
    }

    private int Count(int page)
    {
        KernelAddress behind = Rig.PageBehind(_machine.Kernel, _module.Buffer + ((ulong)page * Page));
        return _machine.Kernel.MemMap[_machine.Kernel.MapNr(behind)].Count;
    }
}

public sealed class VmallocOnI386() : VmallocTests(MachineProfile.I386);

public sealed class VmallocOnSparcSrmmu() : VmallocTests(MachineProfile.SparcSrmmu);

public sealed class VmallocOnSparcSun4c() : VmallocTests(MachineProfile.SparcSun4c);

public sealed class VmallocOnAlpha() : VmallocTests(MachineProfile.Alpha);
