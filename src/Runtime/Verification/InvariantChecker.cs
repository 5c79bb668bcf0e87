using MmapAnalyzers.Runtime.Kernel;

namespace MmapAnalyzers.Runtime.Verification;

/// <summary>Compares everything that a kernel keeps with everything else. Nothing may be running meanwhile.</summary>
internal sealed class InvariantChecker(LinuxKernel kernel)
{
    /// <summary>Runs all checks.</summary>
    /// <exception cref="InvalidOperationException">One of them failed; the message names it.</exception>
    public void Run()
    {
        var entries = new EntryCensus(kernel);
        SpaceInvariants.Check(kernel, entries);
        PageInvariants.Check(kernel, entries);
        FreeBlockInvariants.Check(kernel.MemMap);
        SwapInvariants.Check(kernel, entries);
        InodeInvariants.Check(kernel);
    }
}
