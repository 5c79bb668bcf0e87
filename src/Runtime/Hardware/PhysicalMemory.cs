namespace MmapAnalyzers.Runtime.Hardware;
#pragma warning disable CS1591, IDE0060
/// <summary>memory</summary>
public sealed class PhysicalMemory
{
    public ulong Size => throw new NotImplementedException();
    public T Read<T>(PhysicalAddress address) where T : unmanaged => throw new NotImplementedException();
    public void Write<T>(PhysicalAddress address, T value) where T : unmanaged => throw new NotImplementedException();
}
