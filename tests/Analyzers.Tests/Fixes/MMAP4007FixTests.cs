using VerifyFix = MmapAnalyzers.Tests.Verification.VerifyFix<MmapAnalyzers.CodeFixes.MMAP4007WrongReleaseCodeFix>;

namespace MmapAnalyzers.Tests.Fixes;

public sealed class MMAP4007FixTests
{
    private const string Native =
        """
        using System.Runtime.InteropServices;

        static class Native
        {
            [DllImport("libc")]
            public static extern nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

            [DllImport("libc")]
            public static extern int munmap(nint address, nuint length);
        }
        """;

    [Fact]
    public Task The_right_function_takes_the_place_of_the_wrong_one() => VerifyFix.Repairs(
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            void Read()
            {
                var memory = Marshal.AllocHGlobal(64);
                {|MMAP4007:Marshal.FreeCoTaskMem(memory)|}; // done
            }
        }
        """,
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            void Read()
            {
                var memory = Marshal.AllocHGlobal(64);
                Marshal.FreeHGlobal(memory); // done
            }
        }
        """);

    [Fact]
    public Task The_length_is_that_of_the_acquire() => VerifyFix.Repairs(
        [Native, Mapping("{|MMAP4007:Native.munmap(memory, 4096)|}")],
        [Native, Mapping("Native.munmap(memory, Length)")]);

    [Fact]
    public Task The_address_is_that_of_the_acquire() => VerifyFix.Repairs(
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            void Read(int step)
            {
                nint memory = Marshal.AllocHGlobal(64);
                {|MMAP4007:Marshal.FreeHGlobal(memory + 8)|};
            }
        }
        """,
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            void Read(int step)
            {
                nint memory = Marshal.AllocHGlobal(64);
                Marshal.FreeHGlobal(memory);
            }
        }
        """);

    [Fact]
    public Task Nothing_is_offered_where_the_length_has_changed_since() => VerifyFix.OffersNothing(
        Native,
        """
        class Reader
        {
            void Read(nuint length, nuint other)
            {
                nint memory = Native.mmap(0, length, 1, 0x22, -1, 0);
                if (memory == -1)
                {
                    return;
                }

                {|MMAP4007:Native.munmap(memory, other)|};
                length = 0;
            }
        }
        """);

    private static string Mapping(string release) =>
        $$"""
        class Reader
        {
            private const int Length = 3 * 4096;

            void Read()
            {
                nint memory = Native.mmap(0, Length, 1, 0x22, -1, 0);
                if (memory == -1)
                {
                    return;
                }

                {{release}};
            }
        }
        """;
}
