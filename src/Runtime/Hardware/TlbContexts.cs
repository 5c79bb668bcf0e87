namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>Hands out the contexts of translations: no two address spaces of a machine ever have the same one, so what was remembered for one means nothing in another.</summary>
internal sealed class TlbContexts
{
    private const ulong Step = 1UL << Tlb.PageNumberBits;

    private ulong _last;

    /// <summary>A context that nobody had before; never 0, which is what an empty translation has.</summary>
    public ulong Next()
    {
        _last += Step;
        if (_last == 0)
            _last = Step;
        return _last;
    }
}
