namespace MmapAnalyzers.Tests.BuiltIn;

/// <summary>A native function is the same under every spelling of its library, however it is imported, and whatever the method and its class are called.</summary>
public sealed class ImportSpellingsTests
{
    /// <summary>How what takes and what gives back are imported.</summary>
    public static TheoryData<string, string> Imports => new()
    {
        {
            """[DllImport("libc", EntryPoint = "malloc")] public static extern nint Take(nint size);""",
            """[DllImport("libc", EntryPoint = "free")] public static extern void Give(nint memory);"""
        },
        {
            """[DllImport("libc.so.6", EntryPoint = "malloc")] public static extern nint Take(nint size);""",
            """[DllImport("/lib/libc.so.6", EntryPoint = "free", SetLastError = true)] public static extern void Give(nint memory);"""
        },
        {
            """[LibraryImport("libc", EntryPoint = "malloc")] public static partial nint Take(nint size); public static partial nint Take(nint size) => 0;""",
            """[LibraryImport("libSystem.B.dylib", EntryPoint = "free")] public static partial void Give(nint memory); public static partial void Give(nint memory) { }"""
        },
        {
            """[DllImport("KERNEL32.dll", EntryPoint = "OpenFileMappingW")] private static extern nint Open(uint access, bool inherit, string name); public static nint Take(nint size) => Open(4, false, "memory");""",
            """[DllImport("kernelbase", EntryPoint = "CloseHandle")] public static extern bool Give(nint handle);"""
        },
    };

    [Theory, MemberData(nameof(Imports))]
    public Task One_way_out_keeps_what_was_taken(string take, string give) => RowVerdict.Is(Program(take, give,
        """
        nint taken = {|MMAP4001:Whatever.Take(16)|};
        if (taken == 0 || early)
            return;
        Whatever.Give(taken);
        """));

    [Theory, MemberData(nameof(Imports))]
    public Task Every_way_out_gives_it_back(string take, string give) => RowVerdict.IsSilent(Program(take, give,
        """
        nint taken = Whatever.Take(16);
        if (taken == 0)
            return;
        Whatever.Give(taken);
        """));

    [Fact]
    public Task A_function_of_another_library_is_another() => RowVerdict.IsSilent(Program(
        """[DllImport("libmine", EntryPoint = "malloc")] public static extern nint Take(nint size);""",
        """[DllImport("libmine", EntryPoint = "free")] public static extern void Give(nint memory);""",
        """
        nint taken = Whatever.Take(16);
        if (early)
            return;
        Whatever.Give(taken);
        """));

    private static string Program(string take, string give, string statements) =>
        $$"""
        using System.Runtime.InteropServices;

        internal static partial class Whatever
        {
            {{take}}
            {{give}}
        }
        internal static class Program
        {
            private static void Run(bool early)
            {
                {{statements}}
            }
        }
        """;
}
