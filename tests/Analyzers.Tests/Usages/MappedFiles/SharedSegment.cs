// A named segment between processes: created by one, opened by the other.
using System.IO.MemoryMappedFiles;

namespace Usages.MappedFiles;

internal sealed class Channel : IDisposable
{
    private readonly MemoryMappedFile _segment;

    private Channel(MemoryMappedFile segment) => _segment = segment;

    public static Channel Create(string name, long capacity) => new(MemoryMappedFile.CreateNew(name, capacity));

    public void Post(int value)
    {
        using MemoryMappedViewAccessor view = _segment.CreateViewAccessor();
        view.Write(0, value);
        view.Flush();
    }

    public void Dispose() => _segment.Dispose();
}
