using BenchmarkDotNet.Attributes;
using MmapAnalyzers.Benchmarks.Rigs;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Benchmarks.Suites;

/// <summary>System calls and faults beside a number of areas.</summary>
[MemoryDiagnoser]
public class CallSuite
{
    private const int Operations = 1024;

    private BenchMachine _machine = null!;

    [Params(1, 1_000, 60_000)]
    public int Areas { get; set; }

    private static ulong Bytes => (ulong)Operations << MachineProfile.I386.PageShift;

    [GlobalSetup]
    public void Prepare()
    {
        _machine = new BenchMachine(MachineProfile.I386, 32 << 20, Operations);
        _machine.MapAreas(Areas, touch: false);
    }

    [GlobalCleanup]
    public void End() => _machine.Dispose();

    [Benchmark(OperationsPerInvoke = Operations)]
    public double MapAndUnmap() => _machine.MapAndUnmap(Areas, Operations);

    /// <summary>A fault, and a share of the unmapping.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void FaultNopage() => TouchAndUnmap(_machine.MapDevice(Bytes));

    /// <summary>A fault, and a share of the unmapping.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void FaultAnonymous() => TouchAndUnmap(_machine.MapMemory(Bytes));

    [Benchmark]
    public double Fork() => _machine.Fork();

    private void TouchAndUnmap(UserAddress at)
    {
        _machine.Touch(at, Operations);
        _machine.Process.Munmap(at, Bytes);
    }
}
