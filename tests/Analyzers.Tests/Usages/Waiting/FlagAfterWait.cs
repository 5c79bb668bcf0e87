// Everything in one try block: a flag remembers that the wait has succeeded.
namespace Usages.Waiting;

internal sealed class Worker
{
    private readonly SemaphoreSlim _busy = new(1);

    public event Action<Exception>? Failed;

    public async Task RunAsync(Func<Task> work, CancellationToken cancellation)
    {
        bool held = false;
        try
        {
            await _busy.WaitAsync(cancellation);
            held = true;
            await work();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Failed?.Invoke(failure);
        }
        finally
        {
            if (held)
                _busy.Release();
        }
    }
}
