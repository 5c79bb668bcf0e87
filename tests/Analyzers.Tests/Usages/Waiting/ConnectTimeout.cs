// Wait for a slot with a limit, and tell the caller when there is none.
namespace Usages.Waiting;

internal sealed class ConnectionGate(int size, TimeSpan limit)
{
    private readonly SemaphoreSlim _slots = new(size);

    public async Task<TResult> RunAsync<TResult>(Func<Task<TResult>> work)
    {
        if (!await _slots.WaitAsync(limit))
            throw new TimeoutException("No connection became free.");

        try
        {
            return await work();
        }
        finally
        {
            _slots.Release();
        }
    }
}
