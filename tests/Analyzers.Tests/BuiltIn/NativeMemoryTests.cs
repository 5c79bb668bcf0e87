namespace MmapAnalyzers.Tests.BuiltIn;

public sealed class NativeMemoryTests
{
    /// <summary>What is in scope, what takes, what gives back.</summary>
    public static TheoryData<string, string, string> Pairs => new()
    {
        { "nuint size", "void* memory = [|NativeMemory.Alloc(size)|];", "NativeMemory.Free(memory);" },
        { "nuint size", "void* memory = [|NativeMemory.AllocZeroed(size)|];", "NativeMemory.Free(memory);" },
        { "nuint size", "void* memory = [|NativeMemory.AllocZeroed(2, size)|];", "NativeMemory.Free(memory);" },
        { "void* old, nuint size", "void* memory = [|NativeMemory.Realloc(old, size)|];", "NativeMemory.Free(memory);" },
        { "nuint size", "void* memory = [|NativeMemory.AlignedAlloc(size, 64)|];", "NativeMemory.AlignedFree(memory);" },
        { "void* old, nuint size", "void* memory = [|NativeMemory.AlignedRealloc(old, size, 64)|];", "NativeMemory.AlignedFree(memory);" },
        { "int size", "nint memory = [|Marshal.AllocHGlobal(16)|];", "Marshal.FreeHGlobal(memory);" },
        { "nint old", "nint memory = [|Marshal.ReAllocHGlobal(old, 16)|];", "Marshal.FreeHGlobal(memory);" },
        { "string text", "nint memory = [|Marshal.StringToHGlobalAnsi(text)|];", "Marshal.FreeHGlobal(memory);" },
        { "string text", "nint memory = [|Marshal.StringToHGlobalAuto(text)|];", "Marshal.FreeHGlobal(memory);" },
        { "string text", "nint memory = [|Marshal.StringToHGlobalUni(text)|];", "Marshal.FreeHGlobal(memory);" },
        { "SecureString text", "nint memory = [|Marshal.SecureStringToGlobalAllocAnsi(text)|];", "Marshal.ZeroFreeGlobalAllocAnsi(memory);" },
        { "SecureString text", "nint memory = [|Marshal.SecureStringToGlobalAllocUnicode(text)|];", "Marshal.ZeroFreeGlobalAllocUnicode(memory);" },
        { "int size", "nint memory = [|Marshal.AllocCoTaskMem(16)|];", "Marshal.FreeCoTaskMem(memory);" },
        { "nint old", "nint memory = [|Marshal.ReAllocCoTaskMem(old, 16)|];", "Marshal.FreeCoTaskMem(memory);" },
        { "string text", "nint memory = [|Marshal.StringToCoTaskMemAnsi(text)|];", "Marshal.FreeCoTaskMem(memory);" },
        { "string text", "nint memory = [|Marshal.StringToCoTaskMemAuto(text)|];", "Marshal.FreeCoTaskMem(memory);" },
        { "string text", "nint memory = [|Marshal.StringToCoTaskMemUni(text)|];", "Marshal.FreeCoTaskMem(memory);" },
        { "string text", "nint memory = [|Marshal.StringToCoTaskMemUTF8(text)|];", "Marshal.ZeroFreeCoTaskMemUTF8(memory);" },
        { "SecureString text", "nint memory = [|Marshal.SecureStringToCoTaskMemAnsi(text)|];", "Marshal.ZeroFreeCoTaskMemAnsi(memory);" },
        { "SecureString text", "nint memory = [|Marshal.SecureStringToCoTaskMemUnicode(text)|];", "Marshal.ZeroFreeCoTaskMemUnicode(memory);" },
        { "string text", "nint memory = [|Marshal.StringToBSTR(text)|];", "Marshal.FreeBSTR(memory);" },
        { "SecureString text", "nint memory = [|Marshal.SecureStringToBSTR(text)|];", "Marshal.ZeroFreeBSTR(memory);" },
        { "int size", "nint memory = [|Unix.Allocate(16)|]; if (memory == 0) return;", "Unix.Free(memory);" },
        { "int size", "nint memory = [|Unix.AllocateCleared(2, 8)|]; if (memory == 0) return;", "Unix.Free(memory);" },
        { "int size", "nint memory = [|Unix.AllocateAligned(64, 128)|]; if (memory == 0) return;", "Unix.Free(memory);" },
        { "nint old", "nint memory = [|Unix.Reallocate(old, 32)|]; if (memory == 0) return;", "Unix.Free(memory);" },
    };

    /// <summary>What is in scope, what takes, what moves it elsewhere, what gives back.</summary>
    public static TheoryData<string, string, string, string> Moves => new()
    {
        { "nuint size", "void* memory = {|MMAP4011:NativeMemory.Alloc(size)|};", "memory = [|NativeMemory.Realloc(memory, 2 * size)|];", "NativeMemory.Free(memory);" },
        { "nuint size", "void* memory = {|MMAP4011:NativeMemory.AlignedAlloc(size, 64)|};", "memory = [|NativeMemory.AlignedRealloc(memory, 2 * size, 64)|];", "NativeMemory.AlignedFree(memory);" },
        { "int size", "nint memory = {|MMAP4011:Marshal.AllocHGlobal(size)|};", "memory = [|Marshal.ReAllocHGlobal(memory, 32)|];", "Marshal.FreeHGlobal(memory);" },
        { "int size", "nint memory = {|MMAP4011:Marshal.AllocCoTaskMem(size)|};", "memory = [|Marshal.ReAllocCoTaskMem(memory, 32)|];", "Marshal.FreeCoTaskMem(memory);" },
    };

    /// <summary>The same where the move may fail and leave everything as it was.</summary>
    public static TheoryData<string, string, string, string> Growths => new()
    {
        { "nuint size", "nint memory = Unix.Allocate(size); if (memory == 0) return;", "nint grown = [|Unix.Reallocate(memory, 2 * size)|]; if (grown == 0) { Unix.Free(memory); return; }", "Unix.Free(grown);" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public Task One_way_out_keeps_the_memory(string scope, string take, string give) => RowVerdict.Is(RowProgram.Lost(scope, take, give));

    [Theory, MemberData(nameof(Pairs))]
    public Task Every_way_out_frees_the_memory(string scope, string take, string give) => RowVerdict.IsSilent(RowProgram.Right(scope, take, give));

    [Theory, MemberData(nameof(Moves))]
    public Task One_way_out_keeps_what_was_moved(string scope, string take, string move, string give) => RowVerdict.Is(RowProgram.LostAfter(scope, take, move, give));

    [Theory, MemberData(nameof(Moves))]
    public Task What_was_moved_is_freed_whether_the_move_throws_or_not(string scope, string take, string move, string give) => RowVerdict.IsSilent(RowProgram.InTime(scope, take, move, give));

    [Theory, MemberData(nameof(Growths))]
    public Task One_way_out_keeps_what_has_grown(string scope, string take, string move, string give) => RowVerdict.Is(RowProgram.LostAfter(scope, take, move, give));

    [Theory, MemberData(nameof(Growths))]
    public Task What_has_grown_is_freed_on_every_way_out(string scope, string take, string move, string give) => RowVerdict.IsSilent(RowProgram.RightAfter(scope, take, move, give));
}
