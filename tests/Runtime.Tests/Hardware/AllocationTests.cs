using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;
using SeedDrivers;

namespace MmapAnalyzers.Runtime.Tests.Hardware;

/// <summary>What a process does at each access allocates nothing on the managed heap.</summary>
public sealed class AllocationTests : IDisposable
{
    private const int Pages = 64;

    private readonly Machine _machine = new(MachineProfile.I386);
    private readonly Process _process;

    public AllocationTests() => _process = _machine.Kernel.Spawn();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Loads_and_stores_of_pages_that_are_there()
    {
        UserAddress at = Map();

        AssertNoAllocation(() => { }, () =>
        {
            for (int page = 0; page < Pages; page++)
            {
                UserAddress address = at + ((ulong)page * Rig.Page);
                _process.Store(address, page);
                _process.Store<byte>(address + 5, 1);
                _process.Store(address + 8, 1L);
                if (_process.Load<int>(address) != page)
                    throw new InvalidOperationException("lost");
            }
        });
    }

    [Fact]
    public void Faults_on_fresh_memory()
    {
        UserAddress at = default;

        AssertNoAllocation(
            () =>
            {
                if (at != default)
                    _process.Munmap(at, Pages * Rig.Page);
                at = Map();
            },
            () => TouchEach(at, Pages));
    }

    [Fact]
    public void Faults_that_copy_a_page()
    {
        UserAddress at = Map();
        TouchEach(at, Pages);
        Process? child = null;

        AssertNoAllocation(
            () =>
            {
                child?.Exit();
                child = _process.Fork();
            },
            () => TouchEach(at, Pages));
    }

    [Fact]
    public void Faults_that_a_driver_serves()
    {
        Assert.Equal(Errno.None, _machine.Kernel.Insert(new PagesModule()));
        int fd = _process.Open("/dev/pages", OpenFlags.ReadWrite);
        UserAddress at = default;

        AssertNoAllocation(
            () =>
            {
                if (at != default)
                    _process.Munmap(at, PagesModule.Hole * Rig.Page);
                at = _process.Mmap(PagesModule.Hole * Rig.Page, Protection.ReadWrite, MapFlags.Shared, fd);
            },
            () => TouchEach(at, PagesModule.Hole));
    }

    [Fact]
    public void Accesses_that_a_device_serves()
    {
        Assert.Equal(Errno.None, _machine.Kernel.Insert(new SimpleRemapModule()));
        int fd = _process.Open("/dev/simple", OpenFlags.ReadWrite);
        UserAddress at = _process.Mmap(Rig.Page, Protection.ReadWrite, MapFlags.Shared, fd, _machine.AddMmio(Rig.Page, new Register()).Value);

        AssertNoAllocation(() => { }, () =>
        {
            _process.Store(at + 4, 42u);
            if (_process.Load<uint>(at + 4) != 42)
                throw new InvalidOperationException("lost");
        });
    }

    private UserAddress Map() => _process.Mmap(Pages * Rig.Page, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous);

    private void TouchEach(UserAddress at, int pages)
    {
        for (int page = 0; page < pages; page++)
            _process.Store(at + ((ulong)page * Rig.Page), page);
    }

    /// <summary>The work must be free of allocation once it is warm; one round of several is enough, since the run time may compile in between.</summary>
    private static void AssertNoAllocation(Action prepare, Action work)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 10 && least > 0; round++)
        {
            prepare();
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    private sealed class Register : IMmioHandler
    {
        private ulong _value;

        public ulong Read(ulong offset, int size) => _value;

        public void Write(ulong offset, int size, ulong value) => _value = value;
    }
}
