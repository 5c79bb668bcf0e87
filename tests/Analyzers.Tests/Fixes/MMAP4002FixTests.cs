using VerifyFix = MmapAnalyzers.Tests.Verification.VerifyFix<MmapAnalyzers.CodeFixes.MMAP4002ReleasedTwiceCodeFix>;

namespace MmapAnalyzers.Tests.Fixes;

public sealed class MMAP4002FixTests
{
    [Fact]
    public Task The_second_release_goes_with_its_comment() => VerifyFix.Repairs(
        """
        using System.Buffers;

        class Reader
        {
            void Read(ArrayPool<byte> pool)
            {
                var buffer = pool.Rent(64);
                buffer[0] = 1;
                pool.Return(buffer);

                // Once more.
                {|MMAP4002:pool.Return(buffer)|};
            }
        }
        """,
        """
        using System.Buffers;

        class Reader
        {
            void Read(ArrayPool<byte> pool)
            {
                var buffer = pool.Rent(64);
                buffer[0] = 1;
                pool.Return(buffer);
            }
        }
        """);

    [Fact]
    public Task The_release_before_can_go_instead() => VerifyFix.RepairsBy(
        "MMAP4002.RemoveEarlier",
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            private int _count;

            void Read()
            {
                var memory = Marshal.AllocHGlobal(64);

                Marshal.FreeHGlobal(memory);

                _count++;
                {|MMAP4002:Marshal.FreeHGlobal(memory)|};
            }
        }
        """,
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            private int _count;

            void Read()
            {
                var memory = Marshal.AllocHGlobal(64);

                _count++;
                Marshal.FreeHGlobal(memory);
            }
        }
        """);

    [Fact]
    public Task Neither_is_removed_where_each_is_needed_on_some_path() => VerifyFix.OffersNothing(
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            void Read(bool early)
            {
                var memory = Marshal.AllocHGlobal(64);
                if (early)
                {
                    Marshal.FreeHGlobal(memory);
                }

                {|MMAP4002:Marshal.FreeHGlobal(memory)|};
            }
        }
        """);
}
