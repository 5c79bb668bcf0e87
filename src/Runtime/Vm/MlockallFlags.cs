namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What <c>mlockall</c> locks; the numbers of an architecture stand in <see cref="Hardware.FlagNumbers"/>.</summary>
[Flags]
public enum MlockallFlags
{
    /// <summary>Nothing, which is an error.</summary>
    None = 0,

    /// <summary>What is mapped now (<c>MCL_CURRENT</c>). Without it everything that is mapped is <em>unlocked</em>.</summary>
    Current = 1,

    /// <summary>What will be mapped (<c>MCL_FUTURE</c>): every page is touched before <c>mmap</c> returns.</summary>
    Future = 2,
}
