namespace MmapAnalyzers.Tests.BuiltIn;

public sealed class MappingsOfUnixTests
{
    /// <summary>What is in scope, what takes, what gives back.</summary>
    public static TheoryData<string, string, string> Pairs => new()
    {
        { "nint length", "nint at = [|Unix.Map(0, length, 3, 0x22, -1, 0)|]; if (at == -1) return;", "Unix.Unmap(at, length);" },
        { "nint length", "nint at = [|Unix.Map64(0, length, 3, 0x22, -1, 0)|]; if (at == -1) return;", "Unix.Unmap(at, length);" },
        { "nint old, nint length, nint wider", "nint at = [|Unix.Resize(old, length, wider, 1)|]; if (at == -1) return;", "Unix.Unmap(at, wider);" },
        { "ulong length", "nint at = [|Shim.Map(0, length, 3, 0x22, -1, 0)|]; if (at == 0) return;", "Shim.Unmap(at, length);" },
        { "ulong length", "nint at = [|Mph.Map(0, length, 3, 0x22, -1, 0)|]; if (at == -1) return;", "Mph.Unmap(at, length);" },
        { "nint old, ulong length, ulong wider", "nint at = [|Mph.Resize(old, length, wider, 1)|]; if (at == -1) return;", "Mph.Unmap(at, wider);" },
        { "ulong length", "nint at = [|Mono.Unix.Native.Syscall.mmap(0, length, 3, 0x22, -1, 0)|]; if (at == -1) return;", "Mono.Unix.Native.Syscall.munmap(at, length);" },
        { "nint old, ulong length, ulong wider", "nint at = [|Mono.Unix.Native.Syscall.mremap(old, length, wider, 1)|]; if (at == -1) return;", "Mono.Unix.Native.Syscall.munmap(at, wider);" },
        { "nint at, nint length", "if ([|Unix.LockPages(at, length)|] != 0) return;", "Unix.UnlockPages(at, length);" },
        { "nint at, nint length", "if ([|Unix.LockPagesLater(at, length, 1)|] != 0) return;", "Unix.UnlockPages(at, length);" },
        { "nint at, ulong length", "if ([|Mono.Unix.Native.Syscall.mlock(at, length)|] != 0) return;", "Mono.Unix.Native.Syscall.munlock(at, length);" },
        { "int segment", "nint at = [|Unix.Attach(segment, 0, 0)|]; if (at == -1) return;", "Unix.Detach(at);" },
    };

    /// <summary>What is in scope, what takes, what gives back another length.</summary>
    public static TheoryData<string, string, string> OtherLengths => new()
    {
        { "object other", "nint at = Unix.Map(0, 4096, 3, 0x22, -1, 0); if (at == -1) return;", "{|MMAP4007:Unix.Unmap(at, 8192)|};" },
        { "object other", "nint at = Unix.Map64(0, 4096, 3, 0x22, -1, 0); if (at == -1) return;", "{|MMAP4007:Unix.Unmap(at, 8192)|};" },
        { "nint old", "nint at = Unix.Resize(old, 4096, 8192, 1); if (at == -1) return;", "{|MMAP4007:Unix.Unmap(at, 4096)|};" },
        { "object other", "nint at = Shim.Map(0, 4096, 3, 0x22, -1, 0); if (at == 0) return;", "{|MMAP4007:Shim.Unmap(at, 8192)|};" },
        { "object other", "nint at = Mph.Map(0, 4096, 3, 0x22, -1, 0); if (at == -1) return;", "{|MMAP4007:Mph.Unmap(at, 8192)|};" },
        { "nint old", "nint at = Mph.Resize(old, 4096, 8192, 1); if (at == -1) return;", "{|MMAP4007:Mph.Unmap(at, 4096)|};" },
        { "object other", "nint at = Mono.Unix.Native.Syscall.mmap(0, 4096, 3, 0x22, -1, 0); if (at == -1) return;", "{|MMAP4007:Mono.Unix.Native.Syscall.munmap(at, 8192)|};" },
        { "nint old", "nint at = Mono.Unix.Native.Syscall.mremap(old, 4096, 8192, 1); if (at == -1) return;", "{|MMAP4007:Mono.Unix.Native.Syscall.munmap(at, 4096)|};" },
        { "nint at", "if (Unix.LockPages(at, 4096) != 0) return;", "{|MMAP4007:Unix.UnlockPages(at, 8192)|};" },
        { "nint at", "if (Unix.LockPagesLater(at, 4096, 1) != 0) return;", "{|MMAP4007:Unix.UnlockPages(at, 8192)|};" },
        { "nint at", "if (Mono.Unix.Native.Syscall.mlock(at, 4096) != 0) return;", "{|MMAP4007:Mono.Unix.Native.Syscall.munlock(at, 8192)|};" },
    };

    /// <summary>What is in scope, what takes, what only looks, what gives back.</summary>
    public static TheoryData<string, string, string, string> Looks => new()
    {
        { "nint length", "nint at = [|Unix.Map(0, length, 3, 0x22, -1, 0)|]; if (at == -1) return;", "Unix.Protect(at, length, 1);", "Unix.Unmap(at, length);" },
        { "nint length", "nint at = [|Unix.Map(0, length, 3, 0x22, -1, 0)|]; if (at == -1) return;", "Unix.Advise(at, length, 4);", "Unix.Unmap(at, length);" },
        { "nint length", "nint at = [|Unix.Map(0, length, 3, 0x22, -1, 0)|]; if (at == -1) return;", "Unix.Sync(at, length, 4);", "Unix.Unmap(at, length);" },
        { "nint length", "nint at = [|Unix.Map(0, length, 3, 0x22, -1, 0)|]; if (at == -1) return;", "if (Unix.LockPages(at, length) == 0) Unix.UnlockPages(at, length);", "Unix.Unmap(at, length);" },
        { "nint length", "nint at = [|Unix.Map(0, length, 3, 0x22, -1, 0)|]; if (at == -1) return;", "if (Unix.LockPagesLater(at, length, 1) == 0) Unix.UnlockPages(at, length);", "Unix.Unmap(at, length);" },
        { "ulong length", "nint at = [|Shim.Map(0, length, 3, 0x22, -1, 0)|]; if (at == 0) return;", "Shim.Protect(at, length, 1);", "Shim.Unmap(at, length);" },
        { "ulong length", "nint at = [|Shim.Map(0, length, 3, 0x22, -1, 0)|]; if (at == 0) return;", "Shim.Advise(at, length, 4);", "Shim.Unmap(at, length);" },
        { "ulong length", "nint at = [|Shim.Map(0, length, 3, 0x22, -1, 0)|]; if (at == 0) return;", "Shim.Sync(at, length, 4);", "Shim.Unmap(at, length);" },
        { "ulong length", "nint at = [|Mono.Unix.Native.Syscall.mmap(0, length, 3, 0x22, -1, 0)|]; if (at == -1) return;", "Mono.Unix.Native.Syscall.mprotect(at, length, 1);", "Mono.Unix.Native.Syscall.munmap(at, length);" },
        { "ulong length", "nint at = [|Mono.Unix.Native.Syscall.mmap(0, length, 3, 0x22, -1, 0)|]; if (at == -1) return;", "Mono.Unix.Native.Syscall.msync(at, length, 4);", "Mono.Unix.Native.Syscall.munmap(at, length);" },
        { "ulong length", "nint at = [|Mono.Unix.Native.Syscall.mmap(0, length, 3, 0x22, -1, 0)|]; if (at == -1) return;", "if (Mono.Unix.Native.Syscall.mlock(at, length) == 0) Mono.Unix.Native.Syscall.munlock(at, length);", "Mono.Unix.Native.Syscall.munmap(at, length);" },
    };

    /// <summary>What is in scope, what takes, what exempts from counting, what gives back.</summary>
    public static TheoryData<string, string, string, string> Exemptions => new()
    {
        { "nint at, nint length", "if (Unix.LockPages(at, length) != 0) return;", "Unix.Unmap(at, length);", "Unix.UnlockPages(at, length);" },
        { "nint at, ulong length", "if (Mono.Unix.Native.Syscall.mlock(at, length) != 0) return;", "Mono.Unix.Native.Syscall.munmap(at, length);", "Mono.Unix.Native.Syscall.munlock(at, length);" },
    };

    /// <summary>What is in scope, what takes, what moves it elsewhere, what gives back.</summary>
    public static TheoryData<string, string, string, string> Moves => new()
    {
        { "nint length, nint wider", "nint at = Unix.Map(0, length, 3, 0x22, -1, 0); if (at == -1) return;", "nint moved = [|Unix.Resize(at, length, wider, 1)|]; if (moved == -1) { Unix.Unmap(at, length); return; }", "Unix.Unmap(moved, wider);" },
        { "ulong length, ulong wider", "nint at = Mph.Map(0, length, 3, 0x22, -1, 0); if (at == -1) return;", "nint moved = [|Mph.Resize(at, length, wider, 1)|]; if (moved == -1) { Mph.Unmap(at, length); return; }", "Mph.Unmap(moved, wider);" },
        { "ulong length, ulong wider", "nint at = Mono.Unix.Native.Syscall.mmap(0, length, 3, 0x22, -1, 0); if (at == -1) return;", "nint moved; try { moved = [|Mono.Unix.Native.Syscall.mremap(at, length, wider, 1)|]; } catch { Mono.Unix.Native.Syscall.munmap(at, length); throw; } if (moved == -1) { Mono.Unix.Native.Syscall.munmap(at, length); return; }", "Mono.Unix.Native.Syscall.munmap(moved, wider);" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public Task One_way_out_leaves_it_mapped(string scope, string take, string give) => RowVerdict.Is(RowProgram.Lost(scope, take, give));

    [Theory, MemberData(nameof(Pairs))]
    public Task Every_way_out_unmaps(string scope, string take, string give) => RowVerdict.IsSilent(RowProgram.Right(scope, take, give));

    [Theory, MemberData(nameof(OtherLengths))]
    public Task Another_length_is_given_back(string scope, string take, string give) => RowVerdict.Is(RowProgram.Wrong(scope, take, give));

    [Theory, MemberData(nameof(Looks))]
    public Task Who_only_looks_takes_nothing_over(string scope, string take, string look, string give) => RowVerdict.Is(RowProgram.LostAfter(scope, take, look, give));

    [Theory, MemberData(nameof(Looks))]
    public Task It_is_unmapped_after_the_look(string scope, string take, string look, string give) => RowVerdict.IsSilent(RowProgram.InTime(scope, take, look, give));

    [Theory, MemberData(nameof(Exemptions))]
    public Task Nothing_is_counted_after_the_exemption(string scope, string take, string exempt, string give) => RowVerdict.IsSilent(RowProgram.Exempt(scope, take, exempt, give));

    [Theory, MemberData(nameof(Moves))]
    public Task One_way_out_keeps_what_was_moved(string scope, string take, string move, string give) => RowVerdict.Is(RowProgram.LostAfter(scope, take, move, give));

    [Theory, MemberData(nameof(Moves))]
    public Task What_was_moved_is_unmapped_on_every_way_out(string scope, string take, string move, string give) => RowVerdict.IsSilent(RowProgram.RightAfter(scope, take, move, give));
}
