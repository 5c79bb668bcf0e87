using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Maps files of the disk (<c>generic_file_mmap</c>): the reference for what a driver's methods have to do.</summary>
internal sealed class FileAreas
{
    private readonly VmSystem _vm;
    private readonly VmOperations _shared;
    private readonly VmOperations _private;

    public FileAreas(VmSystem vm)
    {
        _vm = vm;
        var writer = new FileWriter(vm);
        _shared = new VmOperations { Unmap = writer.Unmap, Sync = writer.Sync, Nopage = Nopage, Swapout = writer.Swapout, Swapin = Swapin };
        _private = new VmOperations { Nopage = Nopage };
    }

    /// <summary>Sets up an area of a file: its methods, its inode and the inode's count.</summary>
    /// <returns>Success, or <c>EINVAL</c> for an offset inside a page.</returns>
    public Errno Map(Inode inode, VmArea area)
    {
        if ((area.Offset & _vm.Profile.OffsetMask) != 0)
            return Errno.EINVAL;
        const VmFlags Writable = VmFlags.Shared | VmFlags.MayWrite;
        area.Inode = inode;
        inode.Get();
        area.Operations = (area.Flags & Writable) == Writable ? _shared : _private;
        return Errno.None;
    }

    /// <summary>The cached page itself, or a copy of it where the process must not share it (<c>filemap_nopage</c>).</summary>
    /// <remarks>Beyond the end of the file there is nothing to share; a private area gets zeros there.</remarks>
    private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        Inode inode = area.Inode!;
        ulong offset = address - area.Start + area.Offset;
        if (offset >= inode.Size && (area.Flags & VmFlags.Shared) != 0)
            return KernelAddress.Null;
        if (_vm.PageCache.FindOrRead(inode, offset) is not { } cached)
            return KernelAddress.Null;
        if (noShare)
            return Copy(cached);
        cached.Get();
        return new KernelAddress(_vm.MemMap.LogicalAddress(cached));
    }

    private KernelAddress Copy(Page cached)
    {
        // Allocating may shrink the cache: the page must not go meanwhile.
        cached.Hold();
        Page? copy = _vm.MemMap.AllocateForDriver(order: 0);
        if (copy is not null)
            _vm.Hardware.Memory.Frame(cached.Number).CopyTo(_vm.Hardware.Memory.Frame(copy.Number));
        _vm.MemMap.Drop(cached);
        return copy is null ? KernelAddress.Null : new KernelAddress(_vm.MemMap.LogicalAddress(copy));
    }

    /// <summary>Maps a page again that was touched while it was written out: it is still the cached one (<c>filemap_swapin</c>).</summary>
    private PageTableEntry Swapin(VmArea area, ulong offset, ulong entry)
    {
        PageTableFormat format = _vm.Profile.PageTable;
        if (_vm.PageCache.FindOrRead(area.Inode!, offset) is not { } cached)
            return default;
        cached.Get();
        return new PageTableEntry(format, format.Entry((ulong)cached.Number << _vm.Profile.PageShift, area.PageProtection.Bits));
    }
}
