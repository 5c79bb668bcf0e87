using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class LinuxKernel
{
    /// <summary>The pages that all swap devices hold.</summary>
    public int SwapTotal
    {
        get
        {
            using KernelLock.Held held = Lock.Enter();
            return Vm.Swap.Total;
        }
    }

    /// <summary>The pages that are free on the swap devices (<c>nr_swap_pages</c>).</summary>
    public int SwapFree
    {
        get
        {
            using KernelLock.Held held = Lock.Enter();
            return Vm.Swap.Free;
        }
    }

    /// <summary>The segments of System V shared memory, as they are now.</summary>
    public IReadOnlyList<SharedSegment> SharedSegments
    {
        get
        {
            using KernelLock.Held held = Lock.Enter();
            return Vm.SharedMemory.Segments;
        }
    }

    /// <summary>Slots in use although nothing is left that could name them: meaningful after the shutdown.</summary>
    internal int LostSwapSlots => SwapTotal - SwapFree;

    /// <summary>Puts a swap device into use (<c>swapon</c>). Devices added earlier are filled first.</summary>
    /// <param name="pages">The pages it holds, not counting its header.</param>
    /// <exception cref="KernelException"><see cref="Errno.EPERM"/>: eight devices are in use.</exception>
    public void AddSwap(int pages)
    {
        using KernelLock.Held held = Lock.Enter();
        ThrowIfDown();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pages);
        if (!Vm.Swap.Add(pages))
            throw new KernelException("swapon", Errno.EPERM);
    }

    /// <summary>
    /// Frees pages that are in use (<c>try_to_free_page</c>), as an allocation does by itself that finds none: pages of caches, of shared memory,
    /// and of processes in turn. A page used since the last visit is spared once. Clean pages are taken, dirty ones go to <c>swapout</c> or to swap.
    /// </summary>
    /// <remarks>
    /// Areas with <see cref="VmFlags.Shm"/> or <see cref="VmFlags.Locked"/>, reserved pages and devices are left alone. A <c>swapout</c> that fails
    /// earns its process a <c>SIGBUS</c>, which it gets at its next fault or system call.
    /// </remarks>
    /// <param name="pages">How many.</param>
    /// <returns>How many were freed: fewer when no more can be.</returns>
    public int FreePagesByStealing(int pages)
    {
        using KernelLock.Held held = Lock.Enter();
        ThrowIfDown();
        ArgumentOutOfRangeException.ThrowIfNegative(pages);
        int freed = 0;
        Tracer?.Begin(0, nameof(FreePagesByStealing), pages);
        while (freed < pages && Vm.Stealer.FreePage())
            freed++;
        Tracer?.End(freed);
        return freed;
    }
}
