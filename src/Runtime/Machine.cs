using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
namespace MmapAnalyzers.Runtime;
#pragma warning disable CS1591, IDE0060
/// <summary>machine</summary>
public sealed class Machine(MachineProfile profile, long memorySize = 16 << 20) : IDisposable
{
    public MachineProfile Profile => memorySize > 0 ? profile : profile;
    public LinuxKernel Kernel => throw new NotImplementedException();
    public PhysicalMemory PhysicalMemory => throw new NotImplementedException();
    public PhysicalAddress AddMmio(ulong size, IMmioHandler handler) => throw new NotImplementedException();
    public IReadOnlyList<Violation> Violations => throw new NotImplementedException();
    public IReadOnlyList<Violation> Shutdown() => throw new NotImplementedException();
    public void Dispose() => throw new NotImplementedException();
}
