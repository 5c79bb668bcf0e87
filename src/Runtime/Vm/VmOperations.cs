using MmapAnalyzers.Annotations;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The methods of an area (<c>struct vm_operations_struct</c>), in the order of their slots; an empty slot means what it means in the kernel.</summary>
public sealed class VmOperations
{
    /// <summary>
    /// An area was <em>copied</em>: by <c>fork</c>, by an unmap that leaves a piece, by <c>mprotect</c> or <c>mlock</c> of a part, or by <c>mremap</c> that
    /// moves. Never for the first mapping.
    /// </summary>
    [Role("open")]
    public AreaMethod? Open { get; init; }

    /// <summary>
    /// An area goes away: after the table entries at <c>munmap</c> (<c>unmap_fixup</c>), <em>before</em> them at <c>exit</c> and <c>exec</c> (<c>exit_mmap</c>), and
    /// with start equal to end when a neighbour swallowed it (<c>merge_segments</c>) or only pieces of it stay.
    /// </summary>
    [Role("close")]
    public AreaMethod? Close { get; init; }

    /// <summary>Addresses are about to be unmapped: called by <c>do_munmap</c> with the part, and by <c>exit_mmap</c> with the whole area. Empty: nothing to do.</summary>
    public UnmapMethod? Unmap { get; init; }

    /// <summary>Nobody calls this slot in 2.0.40, so nobody does here: it is there for tables that were written by position.</summary>
    public ProtectMethod? Protect { get; init; }

    /// <summary>Called by <c>msync</c> for every area of the range whose <see cref="VmArea.Inode"/> is set; empty: the call succeeds and writes nothing.</summary>
    public SyncMethod? Sync { get; init; }

    /// <summary>Nobody calls this slot in 2.0.40, so nobody does here: it is there for tables that were written by position.</summary>
    public AdviseMethod? Advise { get; init; }

    /// <summary>
    /// A page without a table entry was touched (<c>do_no_page</c>). Empty: zero-filled anonymous memory. The core takes over one unit of the
    /// page's count with the address returned.
    /// </summary>
    [Role("nopage", Success = Outcome.NonNull, Resource = "page")]
    public NopageMethod? Nopage { get; init; }

    /// <summary>Nobody calls this slot in 2.0.40, so nobody does here: it is there for tables that were written by position.</summary>
    public WppageMethod? Wppage { get; init; }

    /// <summary>
    /// A dirty page is about to be stolen (<c>try_to_swap_out</c>). Empty: it is written to swap, and the next touch reads a private copy, whatever the
    /// page was: the device is lost to the process. An area with <see cref="VmFlags.Shm"/> or <see cref="VmFlags.Locked"/> is left alone.
    /// </summary>
    public SwapoutMethod? Swapout { get; init; }

    /// <summary>A page was touched whose entry is neither empty nor present (<c>do_swap_page</c>); <see cref="Nopage"/> is not called then. Empty: the page is read from swap, as a private one.</summary>
    public SwapinMethod? Swapin { get; init; }
}
