using BenchmarkDotNet.Attributes;
using MmapAnalyzers.Benchmarks.Rigs;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Benchmarks.Suites;

/// <summary>Single accesses to memory that is there.</summary>
[MemoryDiagnoser]
public class AccessSuite
{
    private BenchMachine _machine = null!;
    private byte[] _buffer = null!;
    private UserAddress _at;

    [GlobalSetup]
    public void Prepare()
    {
        _machine = new BenchMachine(MachineProfile.I386, 16 << 20);
        _at = _machine.MapMemory(1 << 20);
        _buffer = new byte[1 << 20];
        _machine.Process.CopyTo(_at, _buffer);
    }

    [GlobalCleanup]
    public void End() => _machine.Dispose();

    [Benchmark]
    public ulong Load() => _machine.Process.Load<ulong>(_at + 64);

    [Benchmark]
    public void Store() => _machine.Process.Store(_at + 64, 1UL);

    [Benchmark]
    public ulong LoadAcrossPages() => _machine.Process.Load<ulong>(_at + 4092);

    [Benchmark]
    public void CopyTo() => _machine.Process.CopyTo(_at, _buffer);

    [Benchmark]
    public void CopyFrom() => _machine.Process.CopyFrom(_at, _buffer);
}
