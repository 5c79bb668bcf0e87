// A memory manager over native memory: pins count the users, Unpin lets go.
using System.Buffers;
using System.Runtime.InteropServices;

namespace Usages.Buffers;

internal sealed unsafe class NativeManager : MemoryManager<byte>
{
    private readonly int _length;
    private byte* _start;

    public NativeManager(int length)
    {
        _length = length;
        _start = (byte*)NativeMemory.AllocZeroed((nuint)length);
    }

    public override Span<byte> GetSpan() => new(_start, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex, default, this);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        NativeMemory.Free(_start);
        _start = null;
    }
}
