namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What a child of <c>clone</c> shares with its parent instead of getting a copy.</summary>
[Flags]
public enum CloneFlags
{
    /// <summary>Nothing, as <c>fork</c> has it.</summary>
    None = 0,

    /// <summary>The address space (<c>CLONE_VM</c>): no area is opened or closed until the last user goes.</summary>
    Vm = 0x100,

    /// <summary>Root and working directory (<c>CLONE_FS</c>), which this machine has not: no difference.</summary>
    FileSystem = 0x200,

    /// <summary>The table of open files (<c>CLONE_FILES</c>).</summary>
    Files = 0x400,

    /// <summary>The signal handlers (<c>CLONE_SIGHAND</c>), which this machine has not: no difference.</summary>
    SignalHandlers = 0x800,
}
