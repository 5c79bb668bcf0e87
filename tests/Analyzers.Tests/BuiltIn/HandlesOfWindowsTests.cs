namespace MmapAnalyzers.Tests.BuiltIn;

public sealed class HandlesOfWindowsTests
{
    /// <summary>What is in scope, what takes, what gives back.</summary>
    public static TheoryData<string, string, string> Pairs => new()
    {
        { "string path", "nint handle = [|Windows.OpenFile(path, 1, 1, 0, 3, 0, 0)|]; if (handle == -1) return;", "Windows.Close(handle);" },
        { "string path", "nint handle = [|Windows.OpenFileA(path, 1, 1, 0, 3, 0, 0)|]; if (handle == -1) return;", "Windows.Close(handle);" },
        { "string path", "nint handle = [|Windows.OpenFileW(path, 1, 1, 0, 3, 0, 0)|]; if (handle == -1) return;", "Windows.Close(handle);" },
        { "string path", "nint handle = [|Windows.OpenFile2(path, 1, 1, 3, 0)|]; if (handle == -1) return;", "Windows.Close(handle);" },
        { "nint file", "nint handle = [|Windows.MapFile(file, 0, 4, 0, 0, null)|]; if (handle == 0) return;", "Windows.Close(handle);" },
        { "nint file", "nint handle = [|Windows.MapFileA(file, 0, 4, 0, 0, null)|]; if (handle == 0) return;", "Windows.Close(handle);" },
        { "nint file", "nint handle = [|Windows.MapFileW(file, 0, 4, 0, 0, null)|]; if (handle == 0) return;", "Windows.Close(handle);" },
        { "nint file", "nint handle = [|Windows.MapFile2(file, 0, 4, 4, 0, 0, null, 0, 0)|]; if (handle == 0) return;", "Windows.Close(handle);" },
        { "nint file", "nint handle = [|Windows.MapFileFromApp(file, 0, 4, 0, null)|]; if (handle == 0) return;", "Windows.Close(handle);" },
        { "string name", "nint handle = [|Windows.OpenMapping(4, false, name)|]; if (handle == 0) return;", "Windows.Close(handle);" },
        { "string name", "nint handle = [|Windows.OpenMappingA(4, false, name)|]; if (handle == 0) return;", "Windows.Close(handle);" },
        { "string name", "nint handle = [|Windows.OpenMappingW(4, false, name)|]; if (handle == 0) return;", "Windows.Close(handle);" },
        { "uint id", "nint handle = [|Windows.OpenProcess(1, false, id)|]; if (handle == 0) return;", "Windows.Close(handle);" },
        { "uint id", "nint handle = [|Windows.OpenThread(1, false, id)|]; if (handle == 0) return;", "Windows.Close(handle);" },
        { "uint id", "nint handle = [|Windows.OpenProcess(1, false, id)|]; if (handle == 0) return;", "new SafeFileHandle(handle, ownsHandle: true).Dispose();" },
        { "uint id", "nint handle = [|Windows.OpenProcess(1, false, id)|]; if (handle == 0) return;", "new SafeWaitHandle(handle, ownsHandle: true).Dispose();" },
        { "uint id", "nint handle = [|Windows.OpenProcess(1, false, id)|]; if (handle == 0) return;", "new SafeProcessHandle(handle, ownsHandle: true).Dispose();" },
    };

    /// <summary>What is in scope, what takes, what only looks, what gives back.</summary>
    public static TheoryData<string, string, string, string> Looks => new()
    {
        { "string path", "nint handle = [|Windows.OpenFile(path, 1, 1, 0, 3, 0, 0)|]; if (handle == -1) return;", "nint mapping = Windows.MapFile(handle, 0, 4, 0, 0, null); if (mapping != 0) Windows.Close(mapping);", "Windows.Close(handle);" },
        { "string path", "nint handle = [|Windows.OpenFile(path, 1, 1, 0, 3, 0, 0)|]; if (handle == -1) return;", "nint mapping = Windows.MapFileA(handle, 0, 4, 0, 0, null); if (mapping != 0) Windows.Close(mapping);", "Windows.Close(handle);" },
        { "string path", "nint handle = [|Windows.OpenFile(path, 1, 1, 0, 3, 0, 0)|]; if (handle == -1) return;", "nint mapping = Windows.MapFileW(handle, 0, 4, 0, 0, null); if (mapping != 0) Windows.Close(mapping);", "Windows.Close(handle);" },
        { "nint file", "nint handle = [|Windows.MapFile(file, 0, 4, 0, 0, null)|]; if (handle == 0) return;", "nint at = Windows.View(handle, 4, 0, 0, 0); if (at != 0) Windows.Unview(at);", "Windows.Close(handle);" },
        { "nint file", "nint handle = [|Windows.MapFile(file, 0, 4, 0, 0, null)|]; if (handle == 0) return;", "nint at = Windows.ViewAt(handle, 4, 0, 0, 0, 0); if (at != 0) Windows.Unview(at);", "Windows.Close(handle);" },
        { "string path, byte[] data", "nint handle = [|Windows.OpenFile(path, 1, 1, 0, 3, 0, 0)|]; if (handle == -1) return;", "Windows.ReadFrom(handle, data, 16, out _, 0);", "Windows.Close(handle);" },
        { "string path, byte[] data", "nint handle = [|Windows.OpenFile(path, 1, 1, 0, 3, 0, 0)|]; if (handle == -1) return;", "Windows.WriteTo(handle, data, 16, out _, 0);", "Windows.Close(handle);" },
        { "string path, byte[] data", "nint handle = [|Windows.OpenFile(path, 1, 1, 0, 3, 0, 0)|]; if (handle == -1) return;", "Windows.SizeOf(handle, out _);", "Windows.Close(handle);" },
        { "string path, byte[] data", "nint handle = [|Windows.OpenFile(path, 1, 1, 0, 3, 0, 0)|]; if (handle == -1) return;", "Windows.Control(handle, 1, 0, 0, 0, 0, out _, 0);", "Windows.Close(handle);" },
        { "uint id", "nint handle = [|Windows.OpenProcess(1, false, id)|]; if (handle == 0) return;", "nint at = Windows.ReserveIn(handle, 0, 4096, 0x3000, 4); if (at != 0) Windows.ReleaseIn(handle, at, 0, 0x8000);", "Windows.Close(handle);" },
        { "uint id, nint at, byte[] data", "nint handle = [|Windows.OpenProcess(1, false, id)|]; if (handle == 0) return;", "Windows.ReleaseIn(handle, at, 0, 0x8000);", "Windows.Close(handle);" },
        { "uint id, nint at, byte[] data", "nint handle = [|Windows.OpenProcess(1, false, id)|]; if (handle == 0) return;", "Windows.WriteIn(handle, at, data, 16, out _);", "Windows.Close(handle);" },
        { "uint id, nint at, byte[] data", "nint handle = [|Windows.OpenProcess(1, false, id)|]; if (handle == 0) return;", "Windows.ReadIn(handle, at, data, 16, out _);", "Windows.Close(handle);" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public Task One_way_out_keeps_the_handle(string scope, string take, string give) => RowVerdict.Is(RowProgram.Lost(scope, take, give));

    [Theory, MemberData(nameof(Pairs))]
    public Task Every_way_out_closes_the_handle(string scope, string take, string give) => RowVerdict.IsSilent(RowProgram.Right(scope, take, give));

    [Theory, MemberData(nameof(Looks))]
    public Task Who_only_looks_takes_no_handle_over(string scope, string take, string look, string give) => RowVerdict.Is(RowProgram.LostAfter(scope, take, look, give));

    [Theory, MemberData(nameof(Looks))]
    public Task The_handle_is_closed_after_the_look(string scope, string take, string look, string give) => RowVerdict.IsSilent(RowProgram.InTime(scope, take, look, give));
}
