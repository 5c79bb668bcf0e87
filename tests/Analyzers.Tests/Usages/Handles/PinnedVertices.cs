// Vertices stay pinned as long as the graphics driver reads them.
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal sealed class VertexBuffer : IDisposable
{
    private readonly float[] _vertices;
    private GCHandle _pin;

    public VertexBuffer(float[] vertices)
    {
        _vertices = vertices;
        _pin = GCHandle.Alloc(vertices, GCHandleType.Pinned);
    }

    public nint Address => _pin.AddrOfPinnedObject();

    public int Count => _vertices.Length;

    public void Dispose()
    {
        if (_pin.IsAllocated)
            _pin.Free();
    }
}
