using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>The limits of the process, in bytes (<c>setrlimit</c>); a child starts with a copy.</summary>
    public ResourceLimits Limits => Task.Limits;

    /// <summary>The effective user (<c>euid</c>); 0, the default, is the superuser, who alone may lock memory and control the segments of others.</summary>
    public int UserId
    {
        get => Task.UserId;
        set => Task.UserId = value;
    }

    /// <summary>
    /// The stack pointer, at first the end of the user's addresses. On i386 an area that grows down (<see cref="MapFlags.GrowsDown"/>) does not grow for an
    /// access more than 32 bytes below it, so a program that uses such an area points it there.
    /// </summary>
    public UserAddress StackPointer
    {
        get => new(Task.StackPointer);
        set => Task.StackPointer = value.Value;
    }

    /// <summary>The process that made this one (<c>p_pptr</c>); null when there is none or it has exited.</summary>
    public Process? Parent => _parent is { IsAlive: true } ? _parent : null;

    internal TaskContext Task { get; }
}
