// A semaphore of one as a lock around asynchronous work.
namespace Usages.Waiting;

internal sealed class TokenSource(Func<CancellationToken, Task<string>> request)
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private string? _token;

    public async Task<string> GetAsync(CancellationToken cancellation)
    {
        if (_token is { } cached)
            return cached;

        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return _token ??= await request(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }
}
