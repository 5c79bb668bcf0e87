// Map a growing file anew: the old view goes before the new one is made.
using System.IO.MemoryMappedFiles;

namespace Usages.MappedFiles;

internal sealed partial class Pager
{
    private readonly FileStream _stream;
    private MemoryMappedFile? _file;
    private MemoryMappedViewAccessor? _view;

    public Pager(FileStream stream) => _stream = stream;

    public void Grow(long length)
    {
        Unmap();
        _file = MemoryMappedFile.CreateFromFile(_stream, null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, length);
    }
}

internal sealed partial class Pager : IDisposable
{
    public byte this[long position] => _view?.ReadByte(position) ?? throw new ObjectDisposedException(nameof(Pager));

    public void Dispose() => Unmap();

    private void Unmap()
    {
        _view?.Dispose();
        _view = null;
        _file?.Dispose();
        _file = null;
    }
}
