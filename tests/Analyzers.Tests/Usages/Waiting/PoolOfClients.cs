// A pool: renting waits for a slot, returning lets the next one in.
using System.Collections.Concurrent;

namespace Usages.Waiting;

internal sealed class ClientPool<T>(Func<T> create, int size)
    where T : class
{
    private readonly SemaphoreSlim _available = new(size, size);
    private readonly ConcurrentBag<T> _idle = [];

    public async Task<T> RentAsync(CancellationToken cancellation)
    {
        await _available.WaitAsync(cancellation);
        if (_idle.TryTake(out T? client))
            return client;

        try
        {
            return create();
        }
        catch
        {
            _available.Release();
            throw;
        }
    }

    public void Return(T client)
    {
        _idle.Add(client);
        _available.Release();
    }
}
