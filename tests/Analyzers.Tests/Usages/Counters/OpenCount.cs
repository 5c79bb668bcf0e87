// Count the readers of a file in a field; the last one closes it.
namespace Usages.Counters;

internal sealed class SharedFile(FileStream stream)
{
    private int _readers;

    public FileStream Open()
    {
        Interlocked.Increment(ref _readers);
        return stream;
    }

    public void Close()
    {
        if (Interlocked.Decrement(ref _readers) == 0)
            stream.Dispose();
    }
}
