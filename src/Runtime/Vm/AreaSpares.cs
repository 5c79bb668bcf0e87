namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Blocks of memory put aside for areas that a call will make, so that it cannot fail half way.</summary>
internal struct AreaSpares
{
    /// <summary>The most that one range leaves of the areas it cuts: a piece at each end.</summary>
    public const int Most = 2;

    private ulong _first;
    private ulong _second;

    public void Put(ulong block)
    {
        if (_first == 0)
            _first = block;
        else
            _second = block;
    }

    /// <summary>Takes one block.</summary>
    /// <returns>Its address, or 0 when none is left.</returns>
    public ulong Take()
    {
        (ulong taken, _first, _second) = (_first, _second, 0);
        return taken;
    }
}
