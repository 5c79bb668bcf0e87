// A reader that keeps the pointer of a safe buffer until it is disposed of.
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal sealed unsafe class BufferReader : IDisposable
{
    private readonly SafeBuffer _buffer;
    private byte* _start;

    public BufferReader(SafeBuffer buffer)
    {
        _buffer = buffer;
        buffer.AcquirePointer(ref _start);
    }

    public byte this[int index] => _start[index];

    public void Dispose()
    {
        if (_start == null)
            return;
        _start = null;
        _buffer.ReleasePointer();
    }
}
