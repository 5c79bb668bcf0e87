// Memory that stays pinned in a field as long as the operating system works on it.
using System.Buffers;

namespace Usages.Buffers;

internal sealed unsafe class PendingWrite
{
    private MemoryHandle _pin;
    private bool _running;

    public void* Begin(ReadOnlyMemory<byte> data)
    {
        if (_running)
            throw new InvalidOperationException("A write is running.");
        _pin = data.Pin();
        _running = true;
        return _pin.Pointer;
    }

    public void Complete()
    {
        if (!_running)
            return;
        _running = false;
        _pin.Dispose();
        _pin = default;
    }
}
