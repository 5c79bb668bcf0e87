using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;
namespace MmapAnalyzers.Runtime.Kernel;
#pragma warning disable CS1591, IDE0060
/// <summary>process</summary>
public sealed class Process
{
    public int Pid => throw new NotImplementedException();
    public bool IsAlive => throw new NotImplementedException();
    public AddressSpace AddressSpace => throw new NotImplementedException();
    public string Maps => throw new NotImplementedException();
    public int Open(string path, OpenFlags flags) => throw new NotImplementedException();
    public void Close(int fd) => throw new NotImplementedException();
    public UserAddress Mmap(ulong length, Protection protection, MapFlags flags, int fd = -1, ulong offset = 0, UserAddress address = default) => throw new NotImplementedException();
    public void Munmap(UserAddress at, ulong length) => throw new NotImplementedException();
    public UserAddress Mremap(UserAddress at, ulong oldLength, ulong newLength, MremapFlags flags = MremapFlags.None) => throw new NotImplementedException();
    public Process Fork() => throw new NotImplementedException();
    public void Exit() => throw new NotImplementedException();
    public T Load<T>(UserAddress address) where T : unmanaged => throw new NotImplementedException();
    public void Store<T>(UserAddress address, T value) where T : unmanaged => throw new NotImplementedException();
    public void CopyFrom(UserAddress source, Span<byte> destination) => throw new NotImplementedException();
    public void CopyTo(UserAddress destination, ReadOnlySpan<byte> source) => throw new NotImplementedException();
    public long SysOpen(string path, OpenFlags flags) => throw new NotImplementedException();
    public long SysClose(int fd) => throw new NotImplementedException();
    public long SysMmap(UserAddress address, ulong length, Protection protection, MapFlags flags, int fd, ulong offset) => throw new NotImplementedException();
    public long SysMunmap(UserAddress address, ulong length) => throw new NotImplementedException();
    public long SysMremap(UserAddress address, ulong oldLength, ulong newLength, MremapFlags flags) => throw new NotImplementedException();
    public long SysFork() => throw new NotImplementedException();
    public void SysExit() => throw new NotImplementedException();
}
