namespace MmapAnalyzers.Tests.BuiltIn;

public sealed class LocksTests
{
    /// <summary>What is in scope, what takes, what gives back.</summary>
    public static TheoryData<string, string, string> Pairs => new()
    {
        { "object gate", "[|Monitor.Enter(gate)|];", "Monitor.Exit(gate);" },
        { "object gate", "bool taken = false; [|Monitor.Enter(gate, ref taken)|];", "Monitor.Exit(gate);" },
        { "object gate", "if (![|Monitor.TryEnter(gate)|]) return;", "Monitor.Exit(gate);" },
        { "object gate", "if (![|Monitor.TryEnter(gate, 5)|]) return;", "Monitor.Exit(gate);" },
        { "object gate, TimeSpan limit", "if (![|Monitor.TryEnter(gate, limit)|]) return;", "Monitor.Exit(gate);" },
        { "object gate", "bool taken = false; [|Monitor.TryEnter(gate, ref taken)|]; if (!taken) return;", "Monitor.Exit(gate);" },
        { "object gate", "bool taken = false; [|Monitor.TryEnter(gate, 5, ref taken)|]; if (!taken) return;", "Monitor.Exit(gate);" },
        { "object gate, TimeSpan limit", "bool taken = false; [|Monitor.TryEnter(gate, limit, ref taken)|]; if (!taken) return;", "Monitor.Exit(gate);" },
        { "Lock gate", "[|gate.Enter()|];", "gate.Exit();" },
        { "Lock gate", "if (![|gate.TryEnter()|]) return;", "gate.Exit();" },
        { "Lock gate", "if (![|gate.TryEnter(5)|]) return;", "gate.Exit();" },
        { "Lock gate, TimeSpan limit", "if (![|gate.TryEnter(limit)|]) return;", "gate.Exit();" },
        { "Lock gate", "Lock.Scope scope = [|gate.EnterScope()|];", "scope.Dispose();" },
        { "ref SpinLock gate", "bool taken = false; [|gate.Enter(ref taken)|];", "gate.Exit();" },
        { "ref SpinLock gate", "bool taken = false; [|gate.TryEnter(ref taken)|]; if (!taken) return;", "gate.Exit(useMemoryBarrier: false);" },
        { "ref SpinLock gate", "bool taken = false; [|gate.TryEnter(5, ref taken)|]; if (!taken) return;", "gate.Exit();" },
        { "ref SpinLock gate, TimeSpan limit", "bool taken = false; [|gate.TryEnter(limit, ref taken)|]; if (!taken) return;", "gate.Exit();" },
        { "ReaderWriterLockSlim gate", "[|gate.EnterReadLock()|];", "gate.ExitReadLock();" },
        { "ReaderWriterLockSlim gate", "if (![|gate.TryEnterReadLock(5)|]) return;", "gate.ExitReadLock();" },
        { "ReaderWriterLockSlim gate, TimeSpan limit", "if (![|gate.TryEnterReadLock(limit)|]) return;", "gate.ExitReadLock();" },
        { "ReaderWriterLockSlim gate", "[|gate.EnterWriteLock()|];", "gate.ExitWriteLock();" },
        { "ReaderWriterLockSlim gate", "if (![|gate.TryEnterWriteLock(5)|]) return;", "gate.ExitWriteLock();" },
        { "ReaderWriterLockSlim gate, TimeSpan limit", "if (![|gate.TryEnterWriteLock(limit)|]) return;", "gate.ExitWriteLock();" },
        { "ReaderWriterLockSlim gate", "[|gate.EnterUpgradeableReadLock()|];", "gate.ExitUpgradeableReadLock();" },
        { "ReaderWriterLockSlim gate", "if (![|gate.TryEnterUpgradeableReadLock(5)|]) return;", "gate.ExitUpgradeableReadLock();" },
        { "ReaderWriterLockSlim gate, TimeSpan limit", "if (![|gate.TryEnterUpgradeableReadLock(limit)|]) return;", "gate.ExitUpgradeableReadLock();" },
        { "ReaderWriterLock gate", "[|gate.AcquireReaderLock(5)|];", "gate.ReleaseReaderLock();" },
        { "ReaderWriterLock gate, TimeSpan limit", "[|gate.AcquireReaderLock(limit)|];", "gate.ReleaseReaderLock();" },
        { "ReaderWriterLock gate", "[|gate.AcquireWriterLock(5)|];", "gate.ReleaseWriterLock();" },
        { "ReaderWriterLock gate, TimeSpan limit", "[|gate.AcquireWriterLock(limit)|];", "gate.ReleaseWriterLock();" },
        { "ReaderWriterLock gate", "LockCookie cookie = [|gate.UpgradeToWriterLock(5)|];", "gate.DowngradeFromWriterLock(ref cookie);" },
    };

    /// <summary>What is in scope, what takes, what needs the lock, what gives back.</summary>
    public static TheoryData<string, string, string, string> Uses => new()
    {
        { "object gate", "Monitor.Enter(gate);", "{|MMAP4008:Monitor.Pulse(gate)|};", "Monitor.Exit(gate);" },
        { "object gate", "Monitor.Enter(gate);", "{|MMAP4008:Monitor.PulseAll(gate)|};", "Monitor.Exit(gate);" },
        { "object gate", "Monitor.Enter(gate);", "{|MMAP4008:Monitor.Wait(gate)|};", "Monitor.Exit(gate);" },
        { "object gate", "Monitor.Enter(gate);", "{|MMAP4008:Monitor.Wait(gate, 5)|};", "Monitor.Exit(gate);" },
    };

    /// <summary>What is in scope, what takes, what gives back all that is held, what gives back one.</summary>
    public static TheoryData<string, string, string, string> Exemptions => new()
    {
        { "ReaderWriterLock gate", "gate.AcquireReaderLock(5);", "LockCookie all = gate.ReleaseLock();", "gate.ReleaseReaderLock();" },
        { "ReaderWriterLock gate", "gate.AcquireWriterLock(5);", "LockCookie all = gate.ReleaseLock();", "gate.ReleaseWriterLock();" },
        { "ReaderWriterLock gate, LockCookie all", "gate.AcquireReaderLock(5);", "gate.RestoreLock(ref all);", "gate.ReleaseReaderLock();" },
        { "ReaderWriterLock gate, LockCookie all", "gate.AcquireWriterLock(5);", "gate.RestoreLock(ref all);", "gate.ReleaseWriterLock();" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public Task One_way_out_keeps_the_lock(string scope, string take, string give) => RowVerdict.Is(RowProgram.Lost(scope, take, give));

    [Theory, MemberData(nameof(Pairs))]
    public Task Every_way_out_leaves_the_lock(string scope, string take, string give) => RowVerdict.IsSilent(RowProgram.Right(scope, take, give));

    [Theory, MemberData(nameof(Uses))]
    public Task The_lock_is_needed_after_it_was_left(string scope, string take, string use, string give) => RowVerdict.Is(RowProgram.Late(scope, take, use, give));

    [Theory, MemberData(nameof(Uses))]
    public Task The_lock_is_held_where_it_is_needed(string scope, string take, string use, string give) => RowVerdict.IsSilent(RowProgram.InTime(scope, take, use, give));

    [Theory, MemberData(nameof(Exemptions))]
    public Task Nothing_is_counted_after_the_exemption(string scope, string take, string exempt, string give) => RowVerdict.IsSilent(RowProgram.Exempt(scope, take, exempt, give));
}
