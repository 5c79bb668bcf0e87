using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class SituationTests
{
    [Fact]
    public Task Situation_01_one_condition_guards_acquire_and_release() => Verify.Clean(PairingProgram.With(
        """
        void Run(bool large)
        {
            byte[]? buffer = null;
            if (large)
                buffer = ArrayPool<byte>.Shared.Rent(4096);
            _count++;
            if (large)
                ArrayPool<byte>.Shared.Return(buffer!);
        }
        """));

    [Fact]
    public Task Situation_01_the_second_condition_is_another() => Verify.Reports(PairingProgram.With(
        """
        void Run(bool large, bool late)
        {
            byte[]? buffer = null;
            if (large)
                buffer = {|MMAP4001:ArrayPool<byte>.Shared.Rent(4096)|};
            if (late && buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }
        """));

    [Fact]
    public Task Situation_02_a_helper_is_told_to_give_back() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            End(memory, keep: false);
        }
        static void End(IntPtr memory, bool keep)
        {
            if (!keep)
                Marshal.FreeHGlobal(memory);
        }
        """));

    [Fact]
    public Task Situation_02_a_helper_is_told_to_keep() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            IntPtr memory = {|MMAP4001:Marshal.AllocHGlobal(16)|};
            End(memory, keep: true);
        }
        static void End(IntPtr memory, bool keep)
        {
            if (!keep)
                Marshal.FreeHGlobal(memory);
        }
        """));

    [Fact]
    public Task Situation_03_the_work_may_throw() => Verify.Reports(PairingProgram.With(
        """
        void Run(TextWriter writer)
        {
            IntPtr memory = {|MMAP4011:Marshal.AllocHGlobal(16)|};
            writer.WriteLine("working");
            Marshal.FreeHGlobal(memory);
        }
        """));

    [Fact]
    public Task Situation_03_the_work_is_in_a_try_block() => Verify.Clean(PairingProgram.With(
        """
        void Run(TextWriter writer)
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            try
            {
                writer.WriteLine("working");
            }
            finally
            {
                Marshal.FreeHGlobal(memory);
            }
        }
        """));

    [Fact]
    public Task Situation_04_a_throw_before_the_release() => Verify.Reports(PairingProgram.With(
        """
        void Run(bool wrong)
        {
            IntPtr memory = {|MMAP4001:Marshal.AllocHGlobal(16)|};
            if (wrong)
                throw new ArgumentException("wrong");
            Marshal.FreeHGlobal(memory);
        }
        """));

    [Fact]
    public Task Situation_04_a_throw_after_the_release() => Verify.Clean(PairingProgram.With(
        """
        void Run(bool wrong)
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            Marshal.FreeHGlobal(memory);
            if (wrong)
                throw new ArgumentException("wrong");
        }
        """));

    [Fact]
    public Task Situation_05_only_a_number_is_returned() => Verify.Reports(PairingProgram.With(
        """
        int Run()
        {
            byte[] buffer = {|MMAP4001:ArrayPool<byte>.Shared.Rent(16)|};
            return buffer.Length;
        }
        """));

    [Fact]
    public Task Situation_05_the_array_itself_is_returned() => Verify.Clean(PairingProgram.With(
        """
        byte[] Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            return buffer;
        }
        """));

    [Fact]
    public Task Situation_06_an_array_of_arrays_is_emptied() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            var buffers = new byte[2][];
            buffers[0] = ArrayPool<byte>.Shared.Rent(16);
            buffers[1] = ArrayPool<byte>.Shared.Rent(16);
            foreach (byte[] buffer in buffers)
                ArrayPool<byte>.Shared.Return(buffer);
        }
        """));

    [Fact]
    public Task Situation_07_only_the_last_round_is_given_back() => Verify.Reports(PairingProgram.With(
        """
        void Run(int rounds)
        {
            byte[]? buffer = null;
            for (int round = 0; round < rounds; round++)
                {|MMAP4006:buffer = ArrayPool<byte>.Shared.Rent(16)|};
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }
        """));

    [Fact]
    public Task Situation_07_every_round_is_given_back() => Verify.Clean(PairingProgram.With(
        """
        void Run(int rounds)
        {
            for (int round = 0; round < rounds; round++)
            {
                byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        """));
}
