using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP4002Tests
{
    [Fact]
    public Task Two_statements() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            ArrayPool<byte>.Shared.Return(buffer);
            {|MMAP4002:ArrayPool<byte>.Shared.Return(buffer)|};
        }
        """));

    [Fact]
    public Task A_statement_and_a_finally_block() => Verify.Reports(PairingProgram.With(
        """
        void Run(bool early)
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            try
            {
                if (early)
                    Marshal.FreeHGlobal(memory);
            }
            finally
            {
                {|MMAP4002:Marshal.FreeHGlobal(memory)|};
            }
        }
        """));

    [Fact]
    public Task A_second_name_for_the_same_array() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            byte[] other = buffer;
            ArrayPool<byte>.Shared.Return(other);
            {|MMAP4002:ArrayPool<byte>.Shared.Return(buffer)|};
        }
        """));

    [Fact]
    public Task A_helper_and_its_caller() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            GiveBack(buffer);
            {|MMAP4002:ArrayPool<byte>.Shared.Return(buffer)|};
        }
        static void GiveBack(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer);
        """));

    [Fact]
    public Task A_catch_block_and_a_finally_block() => Verify.Reports(PairingProgram.With(
        """
        void Run(int size)
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            try
            {
                if (size < 0)
                    throw new ArgumentException("size");
            }
            catch (ArgumentException)
            {
                Marshal.FreeHGlobal(memory);
            }
            finally
            {
                {|MMAP4002:Marshal.FreeHGlobal(memory)|};
            }
        }
        """));

    [Fact]
    public Task A_lock_left_twice() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            Monitor.Enter(_gate);
            _count++;
            Monitor.Exit(_gate);
            {|MMAP4002:Monitor.Exit(_gate)|};
        }
        """));

    [Fact]
    public Task Each_path_gives_back_once() => Verify.Clean(PairingProgram.With(
        """
        void Run(bool early)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            if (early)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                return;
            }
            _count++;
            ArrayPool<byte>.Shared.Return(buffer);
        }
        """));

    [Fact]
    public Task Rented_anew_in_between() => Verify.Clean(PairingProgram.With(
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
    public Task Set_to_null_and_tested() => Verify.Clean(PairingProgram.With(
        """
        void Run(bool early)
        {
            byte[]? buffer = ArrayPool<byte>.Shared.Rent(16);
            if (early)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = null;
            }
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }
        """));

    [Fact]
    public Task A_flag_tells_whether_it_was_given_back() => Verify.Clean(PairingProgram.With(
        """
        void Run(bool early)
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            bool held = true;
            if (early)
            {
                Marshal.FreeHGlobal(memory);
                held = false;
            }
            if (held)
                Marshal.FreeHGlobal(memory);
        }
        """));

    [Fact]
    public Task A_using_and_a_call_of_dispose() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            using var file = new FileStream("name", FileMode.Open);
            file.Dispose();
        }
        """));

    [Fact]
    public Task Two_arrays() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            byte[] first = ArrayPool<byte>.Shared.Rent(16);
            byte[] second = ArrayPool<byte>.Shared.Rent(16);
            ArrayPool<byte>.Shared.Return(first);
            ArrayPool<byte>.Shared.Return(second);
        }
        """));
}
