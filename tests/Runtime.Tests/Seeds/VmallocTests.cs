using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;
using SeedDrivers;

namespace MmapAnalyzers.Runtime.Tests.Seeds;

/// <summary>Listing 4: the pages behind a <c>vmalloc</c> buffer are found in the page tables.</summary>
public sealed class VmallocTests : IDisposable
{
    private const int Words = (int)(VmallocModule.Size / sizeof(int));

    private readonly Machine _machine = new(MachineProfile.I386);
    private readonly VmallocModule _module = new();
    private readonly Process _process;
    private readonly UserAddress _at;

    public VmallocTests()
    {
        Assert.Equal(Errno.None, _machine.Kernel.Insert(_module));
        _process = _machine.Kernel.Spawn();
        int fd = _process.Open("/dev/vmalloc", OpenFlags.ReadWrite);
        _at = _process.Mmap(VmallocModule.Size, Protection.ReadWrite, MapFlags.Shared, fd);
    }

    public void Dispose() => _machine.Dispose();

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
        _process.Store(_at + (3 * Rig.Page) + 4, 42);

        Assert.Equal(42, _machine.Kernel.Read<int>(_module.Buffer + (3 * Rig.Page) + 4));
    }

    [Fact]
    public void The_pages_are_counted_while_they_are_mapped()
    {
        int free = _machine.Kernel.FreePageCount;
        _process.Load<int>(_at);
        _process.Exit();
        Assert.True(_machine.Kernel.FreePageCount >= free, "The buffer's page must not be freed by the process, nor the page table kept.");

        free = _machine.Kernel.FreePageCount;
        Assert.Equal(Errno.None, _machine.Kernel.Remove<VmallocModule>());
        Assert.True(_machine.Kernel.FreePageCount >= free + (int)(VmallocModule.Size / Rig.Page));
        Assert.Empty(_machine.Violations);
    }
}
