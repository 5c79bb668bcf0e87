using MmapAnalyzers.Annotations;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;
namespace MmapAnalyzers.Runtime.Kernel;
#pragma warning disable CS1591, IDE0060
/// <summary>kernel</summary>
public sealed class LinuxKernel
{
    public MachineProfile Profile => throw new NotImplementedException();
    public Errno Insert(KernelModule module) => throw new NotImplementedException();
    public Errno Remove(KernelModule module) => throw new NotImplementedException();
    public Errno Remove<T>() where T : KernelModule => throw new NotImplementedException();
    public IReadOnlyList<KernelModule> Modules => throw new NotImplementedException();
    public Errno RegisterCharDevice(int major, string name, FileOperations operations) => throw new NotImplementedException();
    public Errno UnregisterCharDevice(int major, string name) => throw new NotImplementedException();
    public Errno MakeNode(string path, int major, int minor) => throw new NotImplementedException();
    public Inode? FindInode(string path) => throw new NotImplementedException();
    [return: MustCheck] public Errno RemapPageRange(UserAddress from, ulong offset, ulong size, PageProtection protection) => throw new NotImplementedException();
    [return: MustCheck] public Errno RemapPageRange(UserAddress from, KernelAddress page, ulong size, PageProtection protection) => throw new NotImplementedException();
    public PageProtection NonCached(PageProtection protection) => throw new NotImplementedException();
    [return: Acquires("page")] public KernelAddress GetFreePage() => throw new NotImplementedException();
    [return: Acquires("page")] public KernelAddress GetDirtyPage() => throw new NotImplementedException();
    [return: Acquires("page")] public KernelAddress GetFreePages(int order) => throw new NotImplementedException();
    public void FreePage([Releases("page")] KernelAddress page) => throw new NotImplementedException();
    public void FreePages([Releases("page")] KernelAddress page, int order) => throw new NotImplementedException();
    public void GetPage([Acquires("page")] KernelAddress page) => throw new NotImplementedException();
    public void ReservePage([Pins("page")] KernelAddress page) => throw new NotImplementedException();
    public void UnreservePage(KernelAddress page) => throw new NotImplementedException();
    [AliasOf("address")] public int MapNr(KernelAddress address) => throw new NotImplementedException();
    public MemMap MemMap => throw new NotImplementedException();
    public KernelAddress HighMemory => throw new NotImplementedException();
    public int FreePageCount => throw new NotImplementedException();
    public KernelAddress Kmalloc(int size) => throw new NotImplementedException();
    public void Kfree(KernelAddress address) => throw new NotImplementedException();
    public KernelAddress Vmalloc(ulong size) => throw new NotImplementedException();
    public void Vfree(KernelAddress address) => throw new NotImplementedException();
    public ulong VmallocVmaddr(KernelAddress address) => throw new NotImplementedException();
    public AddressSpace InitMm => throw new NotImplementedException();
    public PageDirectoryEntry PgdOffset(AddressSpace space, ulong address) => throw new NotImplementedException();
    public PageMiddleDirectoryEntry PmdOffset(PageDirectoryEntry directory, ulong address) => throw new NotImplementedException();
    public PageTableEntry PteOffset(PageMiddleDirectoryEntry directory, ulong address) => throw new NotImplementedException();
    [return: Borrows("page")] public KernelAddress PtePage(PageTableEntry entry) => throw new NotImplementedException();
    public T Read<T>(KernelAddress address) where T : unmanaged => throw new NotImplementedException();
    public void Write<T>(KernelAddress address, T value) where T : unmanaged => throw new NotImplementedException();
    public Span<byte> Access(KernelAddress address, int length) => throw new NotImplementedException();
    public void Printk(string message) => throw new NotImplementedException();
    public IReadOnlyList<string> Log => throw new NotImplementedException();
    public IReadOnlyList<Oops> Oopses => throw new NotImplementedException();
    public Process? Current => throw new NotImplementedException();
    public IReadOnlyList<Process> Processes => throw new NotImplementedException();
    public Process Spawn() => throw new NotImplementedException();
}
