using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.BuiltIn;

/// <summary>In a program that knows no protocol attributes: what stands between an acquire and its release: a native function tells of failure by its result, the marshaller may throw for an object.</summary>
public sealed class NativeCallsTests
{
    [Fact]
    public async Task A_native_call_throws_nothing() => Assert.Empty(await Found(
        """
        nint memory = Marshal.AllocHGlobal(16);
        Clear(memory, 16);
        Marshal.FreeHGlobal(memory);
        """));

    [Fact]
    public async Task The_marshaller_throws_for_a_handle_that_is_closed() => Assert.Equal(["MMAP4011"], await Found(
        """
        nint memory = Marshal.AllocHGlobal(16);
        Load(handle, memory);
        Marshal.FreeHGlobal(memory);
        """));

    [Fact]
    public async Task An_error_code_is_made_an_exception() => Assert.Equal(["MMAP4011"], await Found(
        """
        nint memory = Marshal.AllocHGlobal(16);
        Start(memory);
        Marshal.FreeHGlobal(memory);
        """));

    private static async Task<IEnumerable<string>> Found(string statements)
    {
        var program = Analysis.Parse(
            $$"""
            using System.Runtime.InteropServices;

            internal static class Program
            {
                [DllImport("own", EntryPoint = "own_clear")] private static extern void Clear(nint memory, nint length);
                [DllImport("own", EntryPoint = "own_load")] private static extern void Load(SafeHandle from, nint memory);
                [DllImport("own", EntryPoint = "own_start", PreserveSig = false)] private static extern void Start(nint memory);

                private static void Run(SafeHandle handle)
                {
                    {{statements}}
                }
            }
            """);
        return (await Analysis.Of([program], Basic.Reference.Assemblies.Net100.References.All)).Select(diagnostic => diagnostic.Id);
    }
}
