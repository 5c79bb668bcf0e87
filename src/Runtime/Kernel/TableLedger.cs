using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>How a module's use count moved in the methods of one operation table.</summary>
internal sealed class TableLedger(VmOperations operations)
{
    private int _mmapUnits;
    private int _mmapCalls;
    private int _openUnits;
    private int _openCalls;
    private int _closeUnits;
    private int _closeCalls;
    private int _lastClose;
    private bool _closeVaries;

    public VmOperations Operations => operations;

    public void Book(DriverCallback callback, int units)
    {
        switch (callback)
        {
            case DriverCallback.Mmap:
                _mmapUnits += units;
                _mmapCalls++;
                break;
            case DriverCallback.Open:
                _openUnits += units;
                _openCalls++;
                break;
            case DriverCallback.Close:
                _closeVaries |= _closeCalls > 0 && units != _lastClose;
                _lastClose = units;
                _closeUnits += units;
                _closeCalls++;
                break;
        }
    }

    /// <summary>Which rule these methods break, given that the count came out wrong: one call of each should move it as far as one of the others.</summary>
    /// <returns>The rule, or null when they balance.</returns>
    public string? Judge()
    {
        if (_closeCalls == 0)
            return null;
        bool openUnbalanced = _openCalls > 0 && _openUnits * _closeCalls != -_closeUnits * _openCalls;
        if (openUnbalanced || _closeVaries || (_closeUnits == 0 && _mmapUnits > 0))
            return RuleIds.OpenCloseUnbalanced;
        return _mmapCalls > 0 && _mmapUnits * _closeCalls != -_closeUnits * _mmapCalls ? RuleIds.FirstMappingNotCounted : null;
    }

    /// <summary>Which rule lets the module leave while areas with this table are alive.</summary>
    public string JudgeAlive()
    {
        if (Judge() is { } rule)
            return rule;
        return operations is { Open: null, Close: null } ? RuleIds.MappingNotCounted : RuleIds.FirstMappingNotCounted;
    }

    /// <summary>The account in words.</summary>
    public override string ToString() =>
        $"mmap took {_mmapUnits} in {Amount.Of(_mmapCalls, "call")}, open took {_openUnits} in {_openCalls}, close gave back {-_closeUnits} in {_closeCalls}";
}
