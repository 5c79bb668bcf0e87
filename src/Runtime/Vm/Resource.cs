namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What a process has limits for (<c>RLIMIT_…</c>), as far as the memory manager asks.</summary>
public enum Resource
{
    /// <summary>The bytes between the end of the program's text and its break (<c>RLIMIT_DATA</c>): asked by <c>brk</c>.</summary>
    Data,

    /// <summary>The bytes of an area that grows down (<c>RLIMIT_STACK</c>): asked when a fault lets it grow.</summary>
    Stack,

    /// <summary>The bytes locked in memory (<c>RLIMIT_MEMLOCK</c>): asked by <c>mlock</c>, <c>mlockall</c>, <c>mremap</c>, and by <c>mmap</c> after <c>MCL_FUTURE</c>.</summary>
    LockedMemory,

    /// <summary>The bytes of all areas (<c>RLIMIT_AS</c>): asked by <c>mmap</c>, <c>mremap</c>, <c>brk</c> and a stack that grows.</summary>
    AddressSpace,
}
