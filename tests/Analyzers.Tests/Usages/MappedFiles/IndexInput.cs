// The input of a search index: file, view and pointer are held in fields and given back in reverse order.
using System.IO.MemoryMappedFiles;

namespace Usages.MappedFiles;

internal sealed unsafe class IndexInput : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;
    private long _position;

    public IndexInput(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        _view = _file.CreateViewAccessor();
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    public byte ReadByte() => _start[_position++];

    public void Dispose()
    {
        if (_start == null)
            return;
        _start = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
