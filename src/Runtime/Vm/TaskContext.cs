namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What the memory manager asks of the process that it works for (<c>current</c>).</summary>
/// <param name="stackPointer">Where the stack pointer stands at first.</param>
internal sealed class TaskContext(ulong stackPointer)
{
    public ResourceLimits Limits { get; private init; } = new();

    /// <summary>The effective user (<c>euid</c>).</summary>
    public int UserId { get; set; }

    public ulong StackPointer { get; set; } = stackPointer;

    /// <summary>A signal that the kernel's own touch of a page earned: the process gets it on the way back to user mode.</summary>
    public Signal PendingSignal { get; set; }

    /// <summary>The address whose touch earned <see cref="PendingSignal"/>, where it is known.</summary>
    public ulong PendingAddress { get; set; }

    /// <summary>Whether the process may do everything (<c>suser</c>).</summary>
    public bool IsSuperuser => UserId == 0;

    /// <summary>What a child starts with.</summary>
    public TaskContext Copy() => new(StackPointer) { Limits = Limits.Copy(), UserId = UserId };
}
