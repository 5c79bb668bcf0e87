using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>A machine with a device, a file and a swap device, on which one of the <see cref="Programs"/> runs.</summary>
internal sealed class ProgramRun : IDisposable
{
    private readonly int _freePages;

    public ProgramRun(MachineProfile? profile = null)
    {
        Machine = new Machine(profile ?? MachineProfile.I386, memorySize: 4 << 20) { Sanitizer = SanitizerMode.Throw };
        _freePages = Kernel.MemMap.FreeCount;
        Kernel.CreateFile(FileRig.Path, FileRig.Pattern(2 * FileRig.Page));
        Kernel.AddSwap(64);
        Assert.Equal(Errno.None, Kernel.Insert(Driver));
        Process = Kernel.Spawn();
        Device = Process.Open($"/dev/{Driver.Device}", OpenFlags.ReadWrite);
        Machine.Injection.Reset();
    }

    public Machine Machine { get; }
    public LinuxKernel Kernel => Machine.Kernel;
    public PageDriver Driver { get; } = new(4);
    public Process Process { get; }
    public Process? Child { get; set; }
    public int Device { get; }
    public int File { get; set; }
    public int Segment { get; set; }
    public UserAddress Moved { get; set; }

    /// <summary>Runs the steps one by one and checks the machine after each.</summary>
    public void Run(IEnumerable<Action<ProgramRun>> steps)
    {
        foreach (Action<ProgramRun> step in steps)
        {
            Try(step);
            Machine.CheckInvariants();
        }
    }

    /// <summary>Ends everything and checks that every page came back.</summary>
    public void End()
    {
        Machine.Injection.Clear();
        Assert.Empty(Kernel.Oopses);
        Machine.Shutdown();
        Machine.CheckInvariants();
        Assert.Equal(_freePages, Kernel.MemMap.FreeCount);
        Assert.Equal(0, Kernel.LostSwapSlots);
    }

    public void Dispose() => Machine.Dispose();

    /// <summary>Runs a step, which may fail.</summary>
    public void Try(Action<ProgramRun> step)
    {
        try
        {
            step(this);
        }
        catch (Exception exception) when (exception is KernelException or SignalException || IsGone(exception))
        {
            // A call that failed, or a process that a failure ended or never let begin: the program goes on without.
        }
    }

    private bool IsGone(Exception exception) =>
        (exception is InvalidOperationException && (!Process.IsAlive || Child is { IsAlive: false })) || (exception is NullReferenceException && Child is null);
}
