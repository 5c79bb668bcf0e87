namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Unwinds the kernel's work for a process that an oops killed; it never leaves the system call.</summary>
/// <param name="oops">The oops, as the kernel recorded it.</param>
internal sealed class ProcessKilledException(object oops) : Exception
{
    public object Oops => oops;
}
