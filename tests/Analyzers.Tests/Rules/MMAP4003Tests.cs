using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP4003Tests
{
    [Fact]
    public Task A_span_is_made() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            ArrayPool<byte>.Shared.Return(buffer);
            {|MMAP4003:buffer.AsSpan()|}.Clear();
        }
        """));

    [Fact]
    public Task The_array_is_returned_to_the_caller() => Verify.Reports(PairingProgram.With(
        """
        byte[] Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            ArrayPool<byte>.Shared.Return(buffer);
            return {|MMAP4003:buffer|};
        }
        """));

    [Fact]
    public Task Freed_memory_is_read() => Verify.Reports(PairingProgram.With(
        """
        byte Run()
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            Marshal.FreeHGlobal(memory);
            return {|MMAP4003:Marshal.ReadByte(memory)|};
        }
        """));

    [Fact]
    public Task A_disposed_owner_is_asked_for_its_memory() => Verify.Reports(PairingProgram.With(
        """
        Memory<byte> Run()
        {
            IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(16);
            owner.Dispose();
            return {|MMAP4003:owner.Memory|};
        }
        """));

    [Fact]
    public Task Freed_memory_is_written() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            Marshal.FreeHGlobal(memory);
            {|MMAP4003:Marshal.WriteByte(memory, 1)|};
        }
        """));

    [Fact]
    public Task A_helper_has_freed_what_is_read() => Verify.Reports(PairingProgram.With(
        """
        byte Run()
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            Free(memory);
            return {|MMAP4003:Marshal.ReadByte(memory)|};
        }
        static void Free(IntPtr memory) => Marshal.FreeHGlobal(memory);
        """));

    [Fact]
    public Task A_stream_writes_what_was_given_back() => Verify.Reports(PairingProgram.With(
        """
        void Run(Stream stream)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            ArrayPool<byte>.Shared.Return(buffer);
            {|MMAP4003:stream.Write(buffer, 0, 16)|};
        }
        """));

    [Fact]
    public Task Used_before_the_release() => Verify.Clean(PairingProgram.With(
        """
        int Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            buffer[0] = 1;
            ArrayPool<byte>.Shared.Return(buffer);
            return 1;
        }
        """));

    [Fact]
    public Task Only_the_path_that_keeps_it_uses_it() => Verify.Clean(PairingProgram.With(
        """
        void Run(bool early)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            if (early)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                return;
            }
            buffer[0] = 1;
            ArrayPool<byte>.Shared.Return(buffer);
        }
        """));

    [Fact]
    public Task Assigned_anew_before_the_use() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = new byte[16];
            buffer[0] = 1;
        }
        """));

    [Fact]
    public Task A_loop_rents_in_every_round() => Verify.Clean(PairingProgram.With(
        """
        void Run(int rounds)
        {
            for (int round = 0; round < rounds; round++)
            {
                byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
                buffer[0] = 1;
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        """));
}
