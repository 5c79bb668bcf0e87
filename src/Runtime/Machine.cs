using System.Diagnostics;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Verification;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime;

/// <summary>An emulated machine: memory, devices, and a Linux 2.0.40 kernel to load drivers into. Machines know nothing of each other.</summary>
/// <remarks>
/// <para>On one thread the same program gives the same run, always.</para>
/// <para>
/// Several threads may use a machine and its kernel at the same time, each running processes of its own: see <see cref="Process"/>. As in 2.0 one of them is
/// in the kernel at a time, and the others wait. Which comes first is then up to the host. The machine can be shut down on any thread.
/// </para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Machine : IDisposable
{
    private readonly Books _books = new();

    /// <summary>Builds a machine and boots its kernel.</summary>
    /// <param name="profile">The architecture.</param>
    /// <param name="memorySize">The bytes of memory: whole pages, at least 2 MiB, at most <see cref="MachineProfile.MaximumMemory"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Memory of another size.</exception>
    public Machine(MachineProfile profile, long memorySize = 16 << 20)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentOutOfRangeException.ThrowIfLessThan(memorySize, 2 * (long)profile.LowReserved);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)memorySize, profile.MaximumMemory, nameof(memorySize));
        if ((memorySize & (profile.PageSize - 1)) != 0)
            throw new ArgumentOutOfRangeException(nameof(memorySize), memorySize, "Memory consists of whole pages.");
        Profile = profile;
        PhysicalMemory = new PhysicalMemory(profile, memorySize);
        Kernel = new LinuxKernel(new MachineHardware(profile, PhysicalMemory), _books);
        _books.Exceptions = static finding => new SanitizerException(Show(finding));
    }

    /// <summary>The architecture.</summary>
    public MachineProfile Profile { get; }

    /// <summary>The kernel.</summary>
    public LinuxKernel Kernel { get; }

    /// <summary>The defects of 2.0.40 that the kernel shall have; none at first.</summary>
    public KernelDefects Defects
    {
        get => Kernel.Vm.Defects;
        set => Kernel.Vm.Defects = value;
    }

    /// <summary>What the sanitizer does: collect violations, at first. It is set before the machine is used.</summary>
    /// <exception cref="InvalidOperationException">Set on a machine that has run already: its books would begin in the middle.</exception>
    public SanitizerMode Sanitizer
    {
        get => _books.Mode;
        set => _books.Mode = Kernel.HasRun ? throw new InvalidOperationException("The sanitizer is set before the first process or module.") : value;
    }

    /// <summary>Whether the history of a violation names the code that caused each event: the innermost method that is not the machine's own, with file and line.
    /// That looks at the stack time and again, so it is off at first.</summary>
    /// <remarks>Events of one kind, such as pages taken in <c>nopage</c> of one module, are all looked at in the first thousand calls. Of later calls every
    /// sixteenth is, and so is one that is found wrong on the spot. The others say that they were not seen and where such events came from when they were.</remarks>
    public bool TraceCallSites
    {
        get => _books.Journal.TracesCallSites;
        set => _books.Journal.TracesCallSites = value;
    }

    /// <summary>What fails on purpose; nothing at first.</summary>
    public FaultInjector Injection => Kernel.MemMap.Injection;

    /// <summary>The memory and devices as the bus sees them: whoever uses it is one more device on the bus, and does not wait for the kernel.</summary>
    public PhysicalMemory PhysicalMemory { get; }

    /// <summary>What the books found wrong so far, oldest first: each rule once for each object.</summary>
    public IReadOnlyList<Violation> Violations
    {
        get
        {
            using KernelLock.Held held = Kernel.Lock.Enter();
            return [.. _books.Findings.Select(Show)];
        }
    }

    /// <summary>Puts a device on the bus, above all memory.</summary>
    /// <param name="size">The bytes it answers, rounded up to pages.</param>
    /// <param name="handler">The device.</param>
    /// <returns>Its first address on the bus; <c>remap_page_range</c> takes the logical one (<see cref="LinuxKernel.PhysToVirt"/>), which on i386 is the same.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is 0, or more than what is left up to <see cref="MachineProfile.MmioEnd"/>.</exception>
    public PhysicalAddress AddMmio(ulong size, IMmioHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        using KernelLock.Held held = Kernel.Lock.Enter();
        return PhysicalMemory.AddRegion(size, handler);
    }

    /// <summary>Ends every process, removes every module that can be removed, and closes the books. A second call only reports again.</summary>
    /// <returns>Everything that was found wrong.</returns>
    /// <exception cref="SanitizerException">In <see cref="SanitizerMode.Throw"/>, the first violation that shows only now; all is ended before it is thrown.</exception>
    public IReadOnlyList<Violation> Shutdown()
    {
        int before = _books.Findings.Count;
        Dispose();
        if (Sanitizer == SanitizerMode.Throw && _books.Findings.Count > before)
            throw new SanitizerException(Show(_books.Findings[before]));
        return Violations;
    }

    /// <summary>Shuts the machine down; <see cref="Violations"/> can still be read.</summary>
    public void Dispose()
    {
        _books.IsClosing = true;
        Kernel.Shutdown();
    }

    /// <summary>Checks that everything the kernel keeps agrees with everything else: page counts with entries and holders, areas with each other, inodes,
    /// swap slots, free blocks. For tests; it looks at the whole machine.</summary>
    /// <exception cref="InvalidOperationException">Something does not: either the emulation has a defect, or a driver corrupted the kernel.</exception>
    public void CheckInvariants()
    {
        using KernelLock.Held held = Kernel.Lock.Enter();
        new InvariantChecker(Kernel).Run();
    }

    /// <summary>Records what happens from now on, until <see cref="StopTrace"/> or the next trace.</summary>
    /// <param name="everyAccess">Whether all loads and stores are recorded, with their bytes, which makes them slow; otherwise those are that had to ask the
    /// page tables, and what a program reads is not compared.</param>
    /// <returns>The trace, which grows.</returns>
    public MachineTrace StartTrace(bool everyAccess = false)
    {
        var trace = new MachineTrace([TraceFormat.Machine(Profile, PhysicalMemory, everyAccess)]);
        Kernel.TraceTo(new TraceRecorder(trace, everyAccess));
        return trace;
    }

    /// <summary>Records no longer.</summary>
    public void StopTrace() => Kernel.TraceTo(null);

    /// <summary>Performs what a trace says processes did, and compares what comes of it line by line. The machine is prepared as that of the trace was when
    /// it began: the same architecture and memory, the same files, modules and processes.</summary>
    /// <param name="trace">A trace, of another machine or one that was loaded.</param>
    /// <returns>The first difference, or null when there is none.</returns>
    /// <exception cref="FormatException">The trace has a line that cannot be read.</exception>
    public TraceDifference? Replay(MachineTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        MachineTrace own = StartTrace(TraceFormat.HasEveryAccess(trace.Lines[0]));
        try
        {
            return new TraceReplayer(Kernel, trace, own).Run();
        }
        finally
        {
            StopTrace();
        }
    }

    /// <summary>Architecture and memory, as the kernel says it when it starts: <c>i386: 3068k/4096k available</c>.</summary>
    public override string ToString() => $"{Profile}: {((ulong)Kernel.MemMap.FreeCount << Profile.PageShift) >> 10}k/{PhysicalMemory.Size >> 10}k available";

    private static Violation Show(Finding finding) => new(finding.Rule, Describe(finding.Subject), finding.Resource, finding.Message) { History = finding.History };

    private static string Describe(object subject) => subject switch
    {
        Inode inode => "inode " + inode.Path,
        Page page => $"page {page.Number:x5}",
        VmArea area => "area " + area,
        _ => subject.ToString() ?? "",
    };
}
