// Global memory goes straight into a safe handle, which frees it.
using System.Runtime.InteropServices;

namespace Usages.Marshalling;

internal sealed class GlobalMemory : SafeHandle
{
    public GlobalMemory(int size)
        : base(0, ownsHandle: true)
    {
        Size = size;
        SetHandle(Marshal.AllocHGlobal(size));
    }

    public int Size { get; }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Marshal.FreeHGlobal(handle);
        return true;
    }
}
