using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>A machine with one loaded driver and one process that holds its device open. Addresses are given in pages from <see cref="Base"/>.</summary>
internal sealed class Rig : IDisposable
{
    public const ulong Page = 4096;

    /// <summary>A third of the way up the user's addresses: where the kernel starts to look for room.</summary>
    public static readonly UserAddress Base = new(0x4000_0000);

    private UserAddress? _moved;

    public Rig(TestDriver? driver = null, OpenFlags open = OpenFlags.ReadWrite, SanitizerMode sanitizer = SanitizerMode.Report)
    {
        Machine.Sanitizer = sanitizer;
        Driver = driver ?? new TestDriver();
        Assert.Equal(Errno.None, Kernel.Insert(Driver));
        Process = Kernel.Spawn();
        Fd = Process.Open($"/dev/{Driver.Device}", open);
    }

    public Machine Machine { get; } = new(MachineProfile.I386, memorySize: 4 << 20);
    public LinuxKernel Kernel => Machine.Kernel;
    public TestDriver Driver { get; }
    public Process Process { get; }
    public int Fd { get; }

    public static UserAddress At(int page) => Base + ((ulong)page * Page);

    /// <summary>Maps the device with MAP_FIXED.</summary>
    public UserAddress MapDevice(
        int page, int pages, int offset = 0, Protection protection = Protection.ReadWrite, MapFlags sharing = MapFlags.Shared, Process? by = null) =>
        (by ?? Process).Mmap((ulong)pages * Page, protection, sharing | MapFlags.Fixed, Fd, (ulong)offset * Page, At(page));

    /// <summary>Maps anonymous memory with MAP_FIXED.</summary>
    public UserAddress MapMemory(int page, int pages, Protection protection = Protection.ReadWrite, Process? by = null) =>
        (by ?? Process).Mmap((ulong)pages * Page, protection, MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed, address: At(page));

    /// <summary>Maps device memory with MAP_FIXED, the bus address being the offset.</summary>
    public UserAddress MapDeviceAt(PhysicalAddress device, int page, int pages, MapFlags sharing = MapFlags.Shared) =>
        Process.Mmap((ulong)pages * Page, Protection.ReadWrite, sharing | MapFlags.Fixed, Fd, device.Value, At(page));

    public PhysicalAddress AddMmio(IMmioHandler handler, int pages) => Machine.AddMmio((ulong)pages * Page, handler);

    public void Unmap(int page, int pages) => Process.Munmap(At(page), (ulong)pages * Page);

    public void Protect(int page, int pages, Protection protection) => Process.Mprotect(At(page), (ulong)pages * Page, protection);

    public void Lock(int page, int pages) => Process.Mlock(At(page), (ulong)pages * Page);

    public void Unlock(int page, int pages) => Process.Munlock(At(page), (ulong)pages * Page);

    /// <summary>The areas by pages from <see cref="Base"/>: <c>0-1 r--p; 1-4 rw-p</c>.</summary>
    public string Layout(Process? of = null) => string.Join("; ", (of ?? Process).AddressSpace.Areas.Select(Describe));

    /// <summary>Takes free pages until so many are left.</summary>
    public void UseUpMemory(int leave)
    {
        while (Kernel.MemMap.FreeCount > leave)
            Kernel.GetFreePage();
    }

    /// <summary>Fills what is left of the pages from which the kernel's small objects come, so that the next area needs a page.</summary>
    public void UseUpSmallBlocks()
    {
        UseUpMemory();
        for (int size = 32; size <= 2048; size *= 2)
        {
            while (!Kernel.Kmalloc(size).IsNull)
            {
            }
        }
    }

    /// <summary>Resizes a mapping; where it moves, its new pages are numbered from <c>new+0</c> in <see cref="Story"/>.</summary>
    public UserAddress Remap(int page, int pages, int newPages, MremapFlags flags = MremapFlags.None)
    {
        UserAddress to = Process.Mremap(At(page), (ulong)pages * Page, (ulong)newPages * Page, flags);
        _moved = to == At(page) ? null : to;
        return to;
    }

    /// <summary>Looks the page table entry of a process up, as a driver would.</summary>
    public static PageTableEntry Entry(LinuxKernel kernel, Process process, UserAddress address)
    {
        PageDirectoryEntry pgd = kernel.PgdOffset(process.AddressSpace, address.Value);
        return kernel.PteOffset(kernel.PmdOffset(pgd, address.Value), address.Value);
    }

    /// <summary>The logical address of the page behind a <c>vmalloc</c> address.</summary>
    public static KernelAddress PageBehind(LinuxKernel kernel, KernelAddress buffer)
    {
        ulong address = kernel.VmallocVmaddr(buffer);
        PageDirectoryEntry pgd = kernel.PgdOffset(kernel.InitMm, address);
        return kernel.PtePage(kernel.PteOffset(kernel.PmdOffset(pgd, address), address));
    }

    public PageTableEntry Entry(int page, Process? of = null) => Entry(Kernel, of ?? Process, At(page));

    /// <summary>Takes every page that is free.</summary>
    public void UseUpMemory()
    {
        while (!Kernel.GetFreePage().IsNull)
        {
        }
    }

    /// <summary>Lets every process that is still there exit.</summary>
    public void EndProcesses()
    {
        foreach (Process process in Kernel.Processes.ToArray())
            process.Exit();
    }

    /// <summary>The driver's callbacks since <see cref="Forget"/>, with page numbers: <c>unmap 0-1; open 1-4; close empty</c>.</summary>
    public string Story() => string.Join("; ", Driver.Calls.Select(call => call.ToString(_moved)));

    private static string Describe(VmArea area) =>
        $"{((long)area.Start.Value - (long)Base.Value) / (long)Page}-{((long)area.End.Value - (long)Base.Value) / (long)Page} {area.ToString().Split(' ')[1]}";

    public void Forget() => Driver.Calls.Clear();

    public void Dispose() => Machine.Dispose();
}
