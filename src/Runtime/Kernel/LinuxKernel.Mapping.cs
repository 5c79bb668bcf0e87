using MmapAnalyzers.Annotations;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class LinuxKernel
{
    /// <summary>Maps memory that is not counted, page by page, into the <em>current</em> process (<c>remap_page_range</c>).</summary>
    /// <remarks>
    /// Nothing checks that the range lies in an area. Only a page that is reserved, or lies at or above <see cref="HighMemory"/>, gets an entry;
    /// for ordinary memory the slot stays empty and the call succeeds all the same. What was mapped before is released with a message in the log.
    /// </remarks>
    /// <param name="from">The first user address.</param>
    /// <param name="offset">The logical address of the object in bytes, which on i386 equals the physical one; its low bits, if any, end up in the flags of the entries.</param>
    /// <param name="size">The bytes to map.</param>
    /// <param name="protection">The bits of the entries: the area's.</param>
    /// <returns><see cref="Errno.None"/>, or <see cref="Errno.ENOMEM"/> when memory for a table is short, possibly after a part was mapped.</returns>
    /// <exception cref="KernelOopsException">The range reaches beyond the user's addresses, into the kernel's own tables.</exception>
    /// <exception cref="InvalidOperationException">There is no current process.</exception>
    [return: MustCheck]
    public Errno RemapPageRange(UserAddress from, ulong offset, ulong size, PageProtection protection)
    {
        using KernelLock.Held held = Lock.Enter();
        return Vm.Remapper.Remap(CurrentSpace("remap_page_range"), from.Value, offset, size, protection.Bits);
    }

    /// <summary>Maps memory that is not counted, given by its logical address; see the other overload.</summary>
    /// <inheritdoc cref="RemapPageRange(UserAddress, ulong, ulong, PageProtection)"/>
    /// <param name="from">The first user address.</param>
    /// <param name="page">The logical address of the object.</param>
    /// <param name="size">The bytes to map.</param>
    /// <param name="protection">The bits of the entries: the area's.</param>
    [return: MustCheck]
    public Errno RemapPageRange(UserAddress from, KernelAddress page, ulong size, PageProtection protection) => RemapPageRange(from, page.Value, size, protection);

    /// <summary>Maps a device into the <em>current</em> process by its address on the bus, page by page (<c>io_remap_page_range</c>).</summary>
    /// <remarks>
    /// No page of <c>mem_map</c> is asked: even ordinary memory would be mapped. 2.0.40 has this for sparc only; here every architecture has it, with entries
    /// that are shared, writable and past the cache.
    /// </remarks>
    /// <param name="from">The first user address.</param>
    /// <param name="physical">Where the device starts.</param>
    /// <param name="size">The bytes to map.</param>
    /// <param name="protection">Not used: the entries get the bits of devices.</param>
    /// <param name="space">The bus of the device. Devices of this machine are all on one: not used.</param>
    /// <returns><see cref="Errno.None"/>, or <see cref="Errno.ENOMEM"/> when memory for a table is short, possibly after a part was mapped.</returns>
    /// <exception cref="KernelOopsException">The range reaches beyond the user's addresses.</exception>
    /// <exception cref="InvalidOperationException">There is no current process.</exception>
    [return: MustCheck]
    public Errno IoRemapPageRange(UserAddress from, PhysicalAddress physical, ulong size, PageProtection protection, int space)
    {
        using KernelLock.Held held = Lock.Enter();
        _ = (protection, space);
        return Vm.Remapper.IoRemap(CurrentSpace("io_remap_page_range"), from.Value, physical.Value, size);
    }

    /// <summary>Maps the page of zeros, write-protected, into the <em>current</em> process (<c>zeromap_page_range</c>), as <c>/dev/zero</c> does.</summary>
    /// <remarks>A write to a private area is then a copy. 2.0.40 does not export it to modules.</remarks>
    /// <param name="from">The first user address.</param>
    /// <param name="size">The bytes to map.</param>
    /// <param name="protection">The bits of the entries: the area's. Writing is taken out.</param>
    /// <returns><see cref="Errno.None"/>, or <see cref="Errno.ENOMEM"/> when memory for a table is short, possibly after a part was mapped.</returns>
    /// <exception cref="KernelOopsException">The range reaches beyond the user's addresses.</exception>
    /// <exception cref="InvalidOperationException">There is no current process.</exception>
    [return: MustCheck]
    public Errno ZeromapPageRange(UserAddress from, ulong size, PageProtection protection)
    {
        using KernelLock.Held held = Lock.Enter();
        return Vm.Remapper.Zeromap(CurrentSpace("zeromap_page_range"), from.Value, size, protection.Bits);
    }

    /// <summary>The protection with the cache switched off, as drivers of device memory set it (<c>_PAGE_PCD</c>).</summary>
    /// <param name="protection">The protection of an area.</param>
    public PageProtection NonCached(PageProtection protection) => new(Profile.PageTable.Uncached.Give(protection.Bits));

    private AddressSpace CurrentSpace(string function) =>
        Running?.AddressSpace ?? throw new InvalidOperationException($"{function} works on the current process, and there is none.");
}
