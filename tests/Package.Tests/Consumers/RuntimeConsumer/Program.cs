using MmapAnalyzers.Runtime;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

using var machine = new Machine(MachineProfile.I386);
PhysicalAddress registers = machine.AddMmio(8192, new Registers());
var driver = new BrokenRemapDriver();
Console.WriteLine($"insert: {machine.Kernel.Insert(driver)}");

Process process = machine.Kernel.Spawn();
int fd = process.Open("/dev/broken", OpenFlags.ReadWrite);
UserAddress at = process.Mmap(8192, Protection.ReadWrite, MapFlags.Shared, fd, registers.Value);
Console.WriteLine($"read: {process.Load<uint>(at + 4)}");
Console.WriteLine($"module uses after mmap: {driver.UseCount}");

process.Munmap(at, 8192);
Console.WriteLine($"module uses after munmap: {driver.UseCount}");
foreach (Violation violation in machine.Shutdown())
    Console.WriteLine($"violation: {violation}");

internal sealed class Registers : IMmioHandler
{
    public ulong Read(ulong offset, int size) => offset;

    public void Write(ulong offset, int size, ulong value)
    {
    }
}
