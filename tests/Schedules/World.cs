using MmapAnalyzers.Runtime;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Schedules;

/// <summary>A small machine for all schedules of one scenario: each of them has to leave it as it was found.</summary>
internal sealed class World : IDisposable
{
    public const ulong Page = 4096;

    private readonly Machine _machine = new(MachineProfile.I386, memorySize: 2 << 20);
    private readonly int _free;

    public World(KernelModule? driver = null, int swapPages = 0)
    {
        if (driver is not null)
            Assert.Equal(Errno.None, Kernel.Insert(driver));
        if (swapPages > 0)
            Kernel.AddSwap(swapPages);

        // The first process brings pages along that the kernel keeps for small objects.
        Map(Kernel.Spawn(), 1);
        EndProcesses();
        _free = Kernel.MemMap.FreeCount;
    }

    public LinuxKernel Kernel => _machine.Kernel;

    /// <summary>Maps anonymous memory that is private.</summary>
    public static UserAddress Map(Process process, int pages) =>
        process.Mmap((ulong)pages * Page, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous);

    /// <summary>Stores if the address is still mapped and the process still there.</summary>
    /// <returns>Whether it was.</returns>
    public static bool TryStore(Process process, UserAddress at, int value)
    {
        try
        {
            process.Store(at, value);
            return true;
        }
        catch (Exception exception) when (exception is SignalException { Signal: Signal.SIGSEGV } or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Ends all processes: every page and every count is back, and nobody has anything to complain of.</summary>
    public void AssertAllReturned()
    {
        EndProcesses();
        Assert.Equal(_free, Kernel.MemMap.FreeCount);
        Assert.Equal(Kernel.SwapTotal, Kernel.SwapFree);
        Assert.Empty(Kernel.Oopses);
        Assert.Empty(_machine.Violations);
    }

    public void Dispose() => _machine.Dispose();

    private void EndProcesses()
    {
        foreach (Process process in Kernel.Processes)
            process.Exit();
    }
}
