using VerifyFix = MmapAnalyzers.Tests.Verification.VerifyFix<MmapAnalyzers.CodeFixes.MMAP4001NotReleasedCodeFix>;

namespace MmapAnalyzers.Tests.Fixes;

public sealed class MMAP4001FixTests
{
    [Fact]
    public Task The_release_moves_into_a_finally_block() => VerifyFix.Repairs(
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            void Read(Action<nint> use)
            {
                var memory = {|MMAP4011:Marshal.AllocHGlobal(64)|};

                // Filled by the caller.
                use(memory);

                Marshal.FreeHGlobal(memory); // at last
                Console.WriteLine();
            }
        }
        """,
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            void Read(Action<nint> use)
            {
                var memory = Marshal.AllocHGlobal(64);

                try
                {
                    // Filled by the caller.
                    use(memory);
                }
                finally
                {
                    Marshal.FreeHGlobal(memory); // at last
                }

                Console.WriteLine();
            }
        }
        """);

    [Fact]
    public Task What_reads_a_result_moves_into_the_try_block_too() => VerifyFix.Repairs(
        """
        using System.Threading;

        class Counter
        {
            private readonly object _gate = new();

            int Next(Func<int> next) {
                {|MMAP4011:Monitor.Enter(_gate)|};
                var value = next();
                Monitor.Exit(_gate);
                return value;
            }
        }
        """,
        """
        using System.Threading;

        class Counter
        {
            private readonly object _gate = new();

            int Next(Func<int> next) {
                Monitor.Enter(_gate);
                try {
                    var value = next();
                    return value;
                } finally {
                    Monitor.Exit(_gate);
                }
            }
        }
        """);

    [Fact]
    public Task A_release_that_is_missing_is_formed_from_the_protocol() => VerifyFix.Repairs(
        """
        using System.Buffers;

        class Reader
        {
            void Read(ArrayPool<byte> pool, int length)
            {
                var buffer = {|MMAP4001:pool.Rent(length)|};
                buffer[0] = 1;
            }
        }
        """,
        """
        using System.Buffers;

        class Reader
        {
            void Read(ArrayPool<byte> pool, int length)
            {
                var buffer = pool.Rent(length);
                try
                {
                    buffer[0] = 1;
                }
                finally
                {
                    pool.Return(buffer);
                }
            }
        }
        """);

    [Fact]
    public Task An_early_exit_gets_the_release_that_the_other_exit_has() => VerifyFix.RepairsBy(
        "MMAP4001.BeforeExit",
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            bool Read(int length)
            {
                var memory = {|MMAP4001:Marshal.AllocHGlobal(64)|};
                if (length > 64)
                    return false;
                Marshal.WriteByte(memory, 1);
                Marshal.FreeHGlobal(memory);
                return true;
            }
        }
        """,
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            bool Read(int length)
            {
                var memory = {|MMAP4011:Marshal.AllocHGlobal(64)|};
                if (length > 64)
                {
                    Marshal.FreeHGlobal(memory);
                    return false;
                }
                Marshal.WriteByte(memory, 1);
                Marshal.FreeHGlobal(memory);
                return true;
            }
        }
        """);

    [Fact]
    public Task A_throw_gets_the_release_too() => VerifyFix.RepairsBy(
        "MMAP4001.BeforeExit",
        """
        using System.Threading;

        class Counter
        {
            private readonly SemaphoreSlim _slots = new(4);

            void Use(int length)
            {
                {|MMAP4001:_slots.Wait()|};
                if (length < 0)
                {
                    throw new ArgumentOutOfRangeException(nameof(length));
                }

                _slots.Release();
            }
        }
        """,
        """
        using System.Threading;

        class Counter
        {
            private readonly SemaphoreSlim _slots = new(4);

            void Use(int length)
            {
                _slots.Wait();
                if (length < 0)
                {
                    _slots.Release();
                    throw new ArgumentOutOfRangeException(nameof(length));
                }

                _slots.Release();
            }
        }
        """);

    [Fact]
    public Task What_is_returned_is_evaluated_before_the_release() => VerifyFix.RepairsBy(
        "MMAP4001.BeforeExit",
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            byte Read()
            {
                var memory = {|MMAP4001:Marshal.AllocHGlobal(64)|};
                return Marshal.ReadByte(memory);
            }
        }
        """,
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            byte Read()
            {
                var memory = {|MMAP4011:Marshal.AllocHGlobal(64)|};
                var result = Marshal.ReadByte(memory);
                Marshal.FreeHGlobal(memory);
                return result;
            }
        }
        """);

    [Fact]
    public Task The_try_block_begins_behind_the_test_for_failure_and_the_length_is_repeated() => VerifyFix.Repairs(
        """
        using System.Runtime.InteropServices;

        static class Native
        {
            [DllImport("libc")]
            public static extern nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

            [DllImport("libc")]
            public static extern int munmap(nint address, nuint length);
        }

        class Reader
        {
            void Read(nuint length)
            {
                nint memory = {|MMAP4001:Native.mmap(0, length, 1, 0x22, -1, 0)|};
                if (memory == -1)
                {
                    return;
                }

                Marshal.WriteByte(memory, 1);
            }
        }
        """,
        """
        using System.Runtime.InteropServices;

        static class Native
        {
            [DllImport("libc")]
            public static extern nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

            [DllImport("libc")]
            public static extern int munmap(nint address, nuint length);
        }

        class Reader
        {
            void Read(nuint length)
            {
                nint memory = Native.mmap(0, length, 1, 0x22, -1, 0);
                if (memory == -1)
                {
                    return;
                }

                try
                {
                    Marshal.WriteByte(memory, 1);
                }
                finally
                {
                    Native.munmap(memory, length);
                }
            }
        }
        """);

    [Fact]
    public Task What_is_disposable_is_declared_with_using() => VerifyFix.Repairs(
        """
        using System.Buffers;

        class Reader
        {
            void Read(Memory<byte> memory, Action use)
            {
                var pin = {|MMAP4011:memory.Pin()|};
                use();
                pin.Dispose();
            }
        }
        """,
        """
        using System.Buffers;

        class Reader
        {
            void Read(Memory<byte> memory, Action use)
            {
                using var pin = memory.Pin();
                use();
            }
        }
        """);

    [Fact]
    public Task All_findings_of_a_program_are_repaired_together() => VerifyFix.Repairs(
        [Leaking("First"), Leaking("Second")],
        [Balanced("First"), Balanced("Second")]);

    [Fact]
    public Task What_another_exit_hands_on_is_given_back_only_where_it_is_lost() => VerifyFix.Repairs(
        """
        using System.Buffers;

        class Reader
        {
            private byte[]? _kept;

            bool Keep(int length)
            {
                var buffer = {|MMAP4001:ArrayPool<byte>.Shared.Rent(64)|};
                if (length > 64)
                    return false;
                if (length < 0)
                    throw new ArgumentOutOfRangeException(nameof(length));

                _kept = buffer;
                return true;
            }

            void Drop() => ArrayPool<byte>.Shared.Return(_kept!);
        }
        """,
        """
        using System.Buffers;

        class Reader
        {
            private byte[]? _kept;

            bool Keep(int length)
            {
                var buffer = ArrayPool<byte>.Shared.Rent(64);
                if (length > 64)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return false;
                }
                if (length < 0)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    throw new ArgumentOutOfRangeException(nameof(length));
                }

                _kept = buffer;
                return true;
            }

            void Drop() => ArrayPool<byte>.Shared.Return(_kept!);
        }
        """);

    [Fact]
    public Task A_value_that_another_exit_returns_is_not_given_back_there() => VerifyFix.Repairs(
        """
        using System.Buffers;

        class Reader
        {
            byte[]? Read(int length)
            {
                var buffer = {|MMAP4001:ArrayPool<byte>.Shared.Rent(length)|};
                if (length > 64)
                    return null;
                return buffer;
            }
        }
        """,
        """
        using System.Buffers;

        class Reader
        {
            byte[]? Read(int length)
            {
                var buffer = ArrayPool<byte>.Shared.Rent(length);
                if (length > 64)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return null;
                }
                return buffer;
            }
        }
        """);

    [Fact]
    public Task Fix_all_repairs_each_finding_as_it_can_be_repaired() => VerifyFix.Repairs(
        """
        using System.Buffers;

        class Reader
        {
            private byte[]? _kept;

            int Read(Func<byte[], int> fill)
            {
                var buffer = {|MMAP4001:ArrayPool<byte>.Shared.Rent(64)|};
                if (buffer.Length > 64)
                    return 0;

                var read = fill(buffer);
                ArrayPool<byte>.Shared.Return(buffer);
                return read;
            }

            bool Keep(int length)
            {
                var buffer = {|MMAP4001:ArrayPool<byte>.Shared.Rent(64)|};
                if (length > 64)
                    return false;

                _kept = buffer;
                return true;
            }

            void Drop() => ArrayPool<byte>.Shared.Return(_kept!);
        }
        """,
        """
        using System.Buffers;

        class Reader
        {
            private byte[]? _kept;

            int Read(Func<byte[], int> fill)
            {
                var buffer = ArrayPool<byte>.Shared.Rent(64);
                try
                {
                    if (buffer.Length > 64)
                        return 0;

                    var read = fill(buffer);
                    return read;
                }
                finally
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }

            bool Keep(int length)
            {
                var buffer = ArrayPool<byte>.Shared.Rent(64);
                if (length > 64)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return false;
                }

                _kept = buffer;
                return true;
            }

            void Drop() => ArrayPool<byte>.Shared.Return(_kept!);
        }
        """);

    [Fact]
    public Task Nothing_is_offered_where_no_variable_holds_the_value() => VerifyFix.OffersNothingBy(
        "MMAP4001.BeforeExit",
        """
        using System.Runtime.InteropServices;

        class Reader
        {
            nint Memory(bool isLong) => isLong ? 0 : Touch({|MMAP4001:Marshal.AllocHGlobal(64)|});

            private static nint Touch(nint memory)
            {
                Marshal.WriteByte(memory, 1);
                return 0;
            }
        }
        """);

    private static string Leaking(string name) =>
        $$"""
        using System.Threading;

        class {{name}}
        {
            private readonly object _gate = new();

            void One(Action work)
            {
                {|MMAP4011:Monitor.Enter(_gate)|};
                work();
                Monitor.Exit(_gate);
            }

            void Two(Action work)
            {
                {|MMAP4011:Monitor.Enter(_gate)|};
                work();
                Monitor.Exit(_gate);
            }
        }
        """;

    private static string Balanced(string name) =>
        $$"""
        using System.Threading;

        class {{name}}
        {
            private readonly object _gate = new();

            void One(Action work)
            {
                Monitor.Enter(_gate);
                try
                {
                    work();
                }
                finally
                {
                    Monitor.Exit(_gate);
                }
            }

            void Two(Action work)
            {
                Monitor.Enter(_gate);
                try
                {
                    work();
                }
                finally
                {
                    Monitor.Exit(_gate);
                }
            }
        }
        """;
}
