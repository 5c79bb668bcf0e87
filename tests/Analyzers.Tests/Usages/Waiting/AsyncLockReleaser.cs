// An asynchronous lock whose waiter gets a releaser to put into a using.
namespace Usages.Waiting;

internal sealed class AsyncLock
{
    private readonly SemaphoreSlim _semaphore = new(1, 1);

    public async Task<Releaser> LockAsync()
    {
        await _semaphore.WaitAsync();
        return new Releaser(_semaphore);
    }

    public readonly struct Releaser(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}

internal sealed class Journal(TextWriter writer)
{
    private readonly AsyncLock _lock = new();

    public async Task AppendAsync(string line)
    {
        using (await _lock.LockAsync())
        {
            await writer.WriteLineAsync(line);
        }
    }
}
