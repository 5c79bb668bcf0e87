namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What the memory manager asks of the process that it works for (<c>current</c>).</summary>
/// <param name="stackPointer">Where the stack pointer stands at first.</param>
internal sealed class TaskContext(ulong stackPointer)
{
    public ResourceLimits Limits { get; private init; } = new();

    /// <summary>The effective user (<c>euid</c>).</summary>
    public int UserId { get; set; }

    public ulong StackPointer { get; set; } = stackPointer;

    /// <summary>Whether the process may do everything (<c>suser</c>).</summary>
    public bool IsSuperuser => UserId == 0;

    /// <summary>What a child starts with.</summary>
    public TaskContext Copy() => new(StackPointer) { Limits = Limits.Copy(), UserId = UserId };
}
