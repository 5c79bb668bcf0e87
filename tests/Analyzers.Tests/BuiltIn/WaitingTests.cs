namespace MmapAnalyzers.Tests.BuiltIn;

public sealed class WaitingTests
{
    /// <summary>What is in scope, what takes, what gives back.</summary>
    public static TheoryData<string, string, string> Pairs => new()
    {
        { "SemaphoreSlim gate", "[|gate.Wait()|];", "gate.Release();" },
        { "SemaphoreSlim gate, CancellationToken token", "[|gate.Wait(token)|];", "gate.Release();" },
        { "SemaphoreSlim gate", "if (![|gate.Wait(5)|]) return;", "gate.Release();" },
        { "SemaphoreSlim gate, CancellationToken token", "if (![|gate.Wait(5, token)|]) return;", "gate.Release();" },
        { "SemaphoreSlim gate, TimeSpan limit", "if (![|gate.Wait(limit)|]) return;", "gate.Release();" },
        { "SemaphoreSlim gate, CancellationToken token, TimeSpan limit", "if (![|gate.Wait(limit, token)|]) return;", "gate.Release();" },
        { "SemaphoreSlim gate", "await [|gate.WaitAsync()|];", "gate.Release();" },
        { "SemaphoreSlim gate, CancellationToken token", "await [|gate.WaitAsync(token)|];", "gate.Release();" },
        { "SemaphoreSlim gate", "if (!await [|gate.WaitAsync(5)|]) return;", "gate.Release();" },
        { "SemaphoreSlim gate, CancellationToken token", "if (!await [|gate.WaitAsync(5, token)|]) return;", "gate.Release();" },
        { "SemaphoreSlim gate, TimeSpan limit", "if (!await [|gate.WaitAsync(limit)|]) return;", "gate.Release();" },
        { "SemaphoreSlim gate, CancellationToken token, TimeSpan limit", "if (!await [|gate.WaitAsync(limit, token)|]) return;", "gate.Release();" },
        { "Semaphore gate", "[|gate.WaitOne()|];", "gate.Release();" },
        { "Semaphore gate", "if (![|gate.WaitOne(5)|]) return;", "gate.Release();" },
        { "Semaphore gate", "if (![|gate.WaitOne(5, true)|]) return;", "gate.Release();" },
        { "Semaphore gate, TimeSpan limit", "if (![|gate.WaitOne(limit)|]) return;", "gate.Release();" },
        { "Semaphore gate, TimeSpan limit", "if (![|gate.WaitOne(limit, true)|]) return;", "gate.Release();" },
        { "Mutex gate", "[|gate.WaitOne()|];", "gate.ReleaseMutex();" },
        { "Mutex gate", "if (![|gate.WaitOne(5)|]) return;", "gate.ReleaseMutex();" },
        { "Mutex gate", "if (![|gate.WaitOne(5, true)|]) return;", "gate.ReleaseMutex();" },
        { "Mutex gate, TimeSpan limit", "if (![|gate.WaitOne(limit)|]) return;", "gate.ReleaseMutex();" },
        { "Mutex gate, TimeSpan limit", "if (![|gate.WaitOne(limit, true)|]) return;", "gate.ReleaseMutex();" },
    };

    /// <summary>What is in scope, what takes, what exempts from counting, what gives back.</summary>
    public static TheoryData<string, string, string, string> Exemptions => new()
    {
        { "SemaphoreSlim gate, int count", "gate.Wait();", "gate.Release(count);", "gate.Release();" },
        { "Semaphore gate, int count", "gate.WaitOne();", "gate.Release(count);", "gate.Release();" },
        { "object other", "var gate = new Mutex(initiallyOwned: true);", "_ = other;", "gate.ReleaseMutex();" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public Task One_way_out_keeps_what_was_waited_for(string scope, string take, string give) => RowVerdict.Is(RowProgram.Lost(scope, take, give));

    [Theory, MemberData(nameof(Pairs))]
    public Task Every_way_out_lets_others_in(string scope, string take, string give) => RowVerdict.IsSilent(RowProgram.Right(scope, take, give));

    [Theory, MemberData(nameof(Exemptions))]
    public Task Nothing_is_counted_after_the_exemption(string scope, string take, string exempt, string give) => RowVerdict.IsSilent(RowProgram.Exempt(scope, take, exempt, give));
}
