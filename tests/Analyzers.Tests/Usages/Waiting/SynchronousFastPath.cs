// Take the lock without waiting if it is free, otherwise asynchronously.
namespace Usages.Waiting;

internal sealed class PipeWriterLock
{
    private readonly SemaphoreSlim _writing = new(1);

    public async ValueTask WriteAsync(Stream stream, ReadOnlyMemory<byte> data)
    {
        if (!_writing.Wait(0))
            await _writing.WaitAsync();

        try
        {
            await stream.WriteAsync(data);
        }
        finally
        {
            _writing.Release();
        }
    }
}
