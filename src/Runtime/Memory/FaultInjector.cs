using System.Diagnostics;
using System.Numerics;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Makes chosen allocations and user copies of a machine fail, by their number: the same program fails at the same place every time.</summary>
/// <example>Count first, then fail each: <c>run(); long n = machine.Injection.Count(Allocation.All);</c> and for every i up to n, on a new machine,
/// <c>machine.Injection.Fail(Allocation.All, i); run();</c>.</example>
[DebuggerDisplay("{Count(Allocation.All)} steps, {Failures} failed")]
public sealed class FaultInjector
{
    private readonly long[] _counts = new long[BitOperations.PopCount((uint)Allocation.All)];
    private Allocation _armed;
    private long _left;
    private bool _always;

    internal FaultInjector()
    {
    }

    /// <summary>How many steps were made to fail.</summary>
    public long Failures { get; private set; }

    /// <summary>The steps of some kinds that happened since the machine was built or <see cref="Reset"/> was called, those that failed included.</summary>
    public long Count(Allocation kinds)
    {
        long count = 0;
        for (int kind = 0; kind < _counts.Length; kind++)
            count += (kinds & (Allocation)(1 << kind)) != 0 ? _counts[kind] : 0;
        return count;
    }

    /// <summary>Lets one step fail: the n-th from now on of those of some kinds.</summary>
    /// <param name="kinds">Which steps are counted.</param>
    /// <param name="number">Its number; 1 is the next one.</param>
    public void Fail(Allocation kinds, long number = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        (_armed, _left, _always) = (kinds, number, false);
    }

    /// <summary>Lets every step of some kinds fail from now on.</summary>
    public void FailEvery(Allocation kinds) => (_armed, _left, _always) = (kinds, 1, true);

    /// <summary>Lets nothing fail any more.</summary>
    public void Clear() => _armed = Allocation.None;

    /// <summary>Lets nothing fail any more and counts from zero.</summary>
    public void Reset()
    {
        Clear();
        Array.Clear(_counts);
        Failures = 0;
    }

    /// <summary>Counts a step.</summary>
    /// <returns>Whether it has to fail.</returns>
    internal bool ShallFail(Allocation kind)
    {
        _counts[BitOperations.Log2((uint)kind)]++;
        return (_armed & kind) != 0 && ShallArmedFail();
    }

    private bool ShallArmedFail()
    {
        if (--_left > 0)
            return false;
        if (_always)
            _left = 1;
        else
            _armed = Allocation.None;
        Failures++;
        return true;
    }
}
