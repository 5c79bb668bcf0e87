using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP4006Tests
{
    [Fact]
    public Task A_larger_array_takes_the_place() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            {|MMAP4006:buffer = ArrayPool<byte>.Shared.Rent(32)|};
            ArrayPool<byte>.Shared.Return(buffer);
        }
        """));

    [Fact]
    public Task Null_takes_the_place() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            byte[]? buffer = ArrayPool<byte>.Shared.Rent(16);
            {|MMAP4006:buffer = null|};
        }
        """));

    [Fact]
    public Task One_path_forgets() => Verify.Reports(PairingProgram.With(
        """
        void Run(bool large)
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            if (large)
                {|MMAP4006:memory = Marshal.AllocHGlobal(4096)|};
            Marshal.FreeHGlobal(memory);
        }
        """));

    [Fact]
    public Task The_next_round_of_a_loop_forgets() => Verify.Reports(PairingProgram.With(
        """
        void Run(int rounds)
        {
            IntPtr memory = IntPtr.Zero;
            for (int round = 0; round < rounds; round++)
                {|MMAP4006:memory = Marshal.AllocHGlobal(16)|};
            Marshal.FreeHGlobal(memory);
        }
        """));

    [Fact]
    public Task Given_back_before() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(32);
            ArrayPool<byte>.Shared.Return(buffer);
        }
        """));

    [Fact]
    public Task A_second_variable_remembers() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            byte[] smaller = buffer;
            buffer = ArrayPool<byte>.Shared.Rent(32);
            ArrayPool<byte>.Shared.Return(smaller);
            ArrayPool<byte>.Shared.Return(buffer);
        }
        """));

    [Fact]
    public Task Two_variables_change_places() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            byte[] first = ArrayPool<byte>.Shared.Rent(16);
            byte[] second = ArrayPool<byte>.Shared.Rent(32);
            (first, second) = (second, first);
            ArrayPool<byte>.Shared.Return(first);
            ArrayPool<byte>.Shared.Return(second);
        }
        """));

    [Fact]
    public Task Nothing_was_held() => Verify.Clean(PairingProgram.With(
        """
        void Run(bool large)
        {
            byte[]? buffer = null;
            if (large)
                buffer = ArrayPool<byte>.Shared.Rent(4096);
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }
        """));

    [Fact]
    public Task A_field_keeps_it_too() => Verify.Clean(PairingProgram.With(
        """
        private byte[] _buffer = [];
        void Run()
        {
            byte[]? buffer = ArrayPool<byte>.Shared.Rent(16);
            _buffer = buffer;
            buffer = null;
        }
        void Close() => ArrayPool<byte>.Shared.Return(_buffer);
        """));
}
