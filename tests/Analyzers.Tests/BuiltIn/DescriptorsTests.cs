namespace MmapAnalyzers.Tests.BuiltIn;

public sealed class DescriptorsTests
{
    /// <summary>What is in scope, what takes, what gives back.</summary>
    public static TheoryData<string, string, string> Pairs => new()
    {
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile64(path, 0)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "int folder, string path", "int file = [|Unix.OpenIn(folder, path, 0)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "int folder, string path", "int file = [|Unix.OpenIn64(folder, path, 0)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.Create(path, 0x180)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.Create64(path, 0x180)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "string name", "int file = [|Unix.OpenShared(name, 2, 0x180)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "string name", "int file = [|Unix.CreateInMemory(name, 0)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "byte[] name", "int file = [|Unix.CreateTemporary(name)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "byte[] name", "int file = [|Unix.CreateTemporaryWith(name, 0)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "int other", "int file = [|Unix.Duplicate(other)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "object other", "int file = [|Unix.CreateEvent(0, 0)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "object other", "int file = [|Unix.CreatePoll(1)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "object other", "int file = [|Unix.CreatePollWith(0)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "object other", "int file = [|Unix.CreateWatch()|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "object other", "int file = [|Unix.CreateWatchWith(0)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "object other", "int file = [|Unix.CreateTimer(1, 0)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "object other", "int file = [|Unix.CreateSocket(2, 1, 0)|]; if (file < 0) return;", "Unix.CloseFile(file);" },
        { "string path", "nint file = [|Shim.OpenFile(path, 0, 0)|]; if (file == -1) return;", "Shim.CloseFile(file);" },
        { "string name", "nint file = [|Shim.OpenShared(name, 2, 0x180)|]; if (file == -1) return;", "Shim.CloseFile(file);" },
        { "string name", "nint file = [|Shim.CreateInMemory(name, 0)|]; if (file == -1) return;", "Shim.CloseFile(file);" },
        { "nint other", "nint file = [|Shim.Duplicate(other)|]; if (file == -1) return;", "Shim.CloseFile(file);" },
        { "string path", "int file = [|Mono.Unix.Native.Syscall.open(path, 0)|]; if (file < 0) return;", "Mono.Unix.Native.Syscall.close(file);" },
        { "string path", "int file = [|Mono.Unix.Native.Syscall.creat(path, 0x180)|]; if (file < 0) return;", "Mono.Unix.Native.Syscall.close(file);" },
        { "int other", "int file = [|Mono.Unix.Native.Syscall.dup(other)|]; if (file < 0) return;", "Mono.Unix.Native.Syscall.close(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "new SafeFileHandle(file, ownsHandle: true).Dispose();" },
    };

    /// <summary>What is in scope, what takes, what only looks, what gives back.</summary>
    public static TheoryData<string, string, string, string> Looks => new()
    {
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "nint at = Unix.Map(0, 4096, 1, 1, file, 0); if (at != -1) Unix.Unmap(at, 4096);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "nint at = Unix.Map64(0, 4096, 1, 1, file, 0); if (at != -1) Unix.Unmap(at, 4096);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "nint at = Mph.Map(0, 4096, 1, 1, file, 0); if (at != -1) Mph.Unmap(at, 4096);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "int inner = Unix.OpenIn(file, path, 0); if (inner >= 0) Unix.CloseFile(inner);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "int twin = Unix.Duplicate(file); if (twin >= 0) Unix.CloseFile(twin);", "Unix.CloseFile(file);" },
        { "string path, byte[] data", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.ReadFrom(file, data, 16);", "Unix.CloseFile(file);" },
        { "string path, byte[] data", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.WriteTo(file, data, 16);", "Unix.CloseFile(file);" },
        { "string path, byte[] data", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.ReadAt(file, data, 16, 0);", "Unix.CloseFile(file);" },
        { "string path, byte[] data", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.ReadAt64(file, data, 16, 0);", "Unix.CloseFile(file);" },
        { "string path, byte[] data", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.WriteAt(file, data, 16, 0);", "Unix.CloseFile(file);" },
        { "string path, byte[] data", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.WriteAt64(file, data, 16, 0);", "Unix.CloseFile(file);" },
        { "string path, byte[] data", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.StatusOf(file, data);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.SeekTo(file, 0, 2);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.SeekTo64(file, 0, 2);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.Control(file, 1, 0);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.Settle(file, 1, 0);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.LockFile(file, 2);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.ChangeMode(file, 0x180);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.Truncate(file, 16);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.Truncate64(file, 16);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.Allocate(file, 0, 0, 16);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.AllocateSpace(file, 0, 16);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.Flush(file);", "Unix.CloseFile(file);" },
        { "string path", "int file = [|Unix.OpenFile(path, 0)|]; if (file < 0) return;", "Unix.FlushData(file);", "Unix.CloseFile(file);" },
        { "string path", "nint file = [|Shim.OpenFile(path, 0, 0)|]; if (file == -1) return;", "nint at = Shim.Map(0, 4096, 1, 1, file, 0); if (at != 0) Shim.Unmap(at, 4096);", "Shim.CloseFile(file);" },
        { "string path", "int file = [|Mono.Unix.Native.Syscall.open(path, 0)|]; if (file < 0) return;", "nint at = Mono.Unix.Native.Syscall.mmap(0, 4096, 1, 1, file, 0); if (at != -1) Mono.Unix.Native.Syscall.munmap(at, 4096);", "Mono.Unix.Native.Syscall.close(file);" },
        { "string path", "int file = [|Mono.Unix.Native.Syscall.open(path, 0)|]; if (file < 0) return;", "Mono.Unix.Native.Syscall.ftruncate(file, 16);", "Mono.Unix.Native.Syscall.close(file);" },
        { "string path", "int file = [|Mono.Unix.Native.Syscall.open(path, 0)|]; if (file < 0) return;", "Mono.Unix.Native.Syscall.fsync(file);", "Mono.Unix.Native.Syscall.close(file);" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public Task One_way_out_keeps_the_descriptor(string scope, string take, string give) => RowVerdict.Is(RowProgram.Lost(scope, take, give));

    [Theory, MemberData(nameof(Pairs))]
    public Task Every_way_out_closes_the_descriptor(string scope, string take, string give) => RowVerdict.IsSilent(RowProgram.Right(scope, take, give));

    [Theory, MemberData(nameof(Looks))]
    public Task Who_only_looks_takes_no_descriptor_over(string scope, string take, string look, string give) => RowVerdict.Is(RowProgram.LostAfter(scope, take, look, give));

    [Theory, MemberData(nameof(Looks))]
    public Task The_descriptor_is_closed_after_the_look(string scope, string take, string look, string give) => RowVerdict.IsSilent(RowProgram.InTime(scope, take, look, give));
}
