// An aligned block for vector instructions, in a safe handle.
using System.Runtime.InteropServices;

namespace Usages.NativeMemories;

internal sealed unsafe class AlignedBlock : SafeHandle
{
    public AlignedBlock(nuint bytes, nuint alignment)
        : base(0, ownsHandle: true)
    {
        SetHandle((nint)NativeMemory.AlignedAlloc(bytes, alignment));
    }

    public override bool IsInvalid => handle == 0;

    public float* Floats => (float*)handle;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
