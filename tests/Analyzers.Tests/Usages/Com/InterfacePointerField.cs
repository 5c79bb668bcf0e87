// A wrapper that owns an interface pointer, counted up when it is handed out.
using System.Runtime.InteropServices;

namespace Usages.Com;

internal sealed class ComPointer : IDisposable
{
    private nint _pointer;

    public ComPointer(object target) => _pointer = Marshal.GetIUnknownForObject(target);

    public nint Share()
    {
        ObjectDisposedException.ThrowIf(_pointer == 0, this);
        Marshal.AddRef(_pointer);
        return _pointer;
    }

    public void Dispose()
    {
        nint pointer = Interlocked.Exchange(ref _pointer, 0);
        if (pointer != 0)
            Marshal.Release(pointer);
    }
}
