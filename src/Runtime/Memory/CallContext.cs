namespace MmapAnalyzers.Runtime.Memory;

/// <summary>The driver methods that are running right now, innermost last, with what each moved so far.</summary>
/// <remarks>A count that changes is booked on the method on top; the stack is an array of structs because the fault path must not allocate.</remarks>
internal sealed class CallContext
{
    private Call[] _calls = new Call[16];
    private int _depth;

    /// <summary>The method on top, or <see cref="DriverCallback.None"/>.</summary>
    public DriverCallback Callback => _depth == 0 ? DriverCallback.None : _calls[_depth - 1].Callback;

    /// <summary>Whether the method on top is one that gives a page to the core, with a unit of its count.</summary>
    public bool HandsOutPages => Callback is DriverCallback.Nopage or DriverCallback.Swapin;

    /// <summary>The module on top; null outside of any, or for a driver that no module registered.</summary>
    public object? Module => _depth == 0 ? null : _calls[_depth - 1].Module;

    /// <summary>How many methods are running.</summary>
    public int Depth => _depth;

    public void Push(object? module, DriverCallback callback)
    {
        if (_depth == _calls.Length)
            Array.Resize(ref _calls, _depth * 2);
        _calls[_depth++] = new Call { Module = module, Callback = callback };
    }

    /// <summary>Ends the method on top.</summary>
    /// <returns>The units of its own module's use count that it took, negative when it gave back.</returns>
    public int Pop()
    {
        int units = _calls[--_depth].ModuleUnits;
        _calls[_depth] = default;
        return units;
    }

    /// <summary>Books a move of a module's use count on the method on top.</summary>
    /// <returns>Whether that method belongs to the module.</returns>
    public bool BookModuleUse(object module, int units)
    {
        if (_depth == 0 || !ReferenceEquals(_calls[_depth - 1].Module, module))
            return false;
        _calls[_depth - 1].ModuleUnits += units;
        return true;
    }

    private struct Call
    {
        public object? Module;
        public DriverCallback Callback;
        public int ModuleUnits;
    }
}
