// A weak handle in a field, freed by Dispose and by the finalizer.
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal sealed class WeakListener<T> : IDisposable
    where T : class
{
    private GCHandle _handle;

    public WeakListener(T listener) => _handle = GCHandle.Alloc(listener, GCHandleType.Weak);

    ~WeakListener() => Free();

    public T? Target => _handle.IsAllocated ? (T?)_handle.Target : null;

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_handle.IsAllocated)
            _handle.Free();
    }
}
