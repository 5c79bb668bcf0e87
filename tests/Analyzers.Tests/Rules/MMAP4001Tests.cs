using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP4001Tests
{
    [Fact]
    public Task An_early_return_skips_the_release() => Verify.Reports(PairingProgram.With(
        """
        int Run(bool empty)
        {
            byte[] buffer = {|MMAP4001:ArrayPool<byte>.Shared.Rent(16)|};
            if (empty)
                return 0;
            int first = buffer[0] + 1;
            ArrayPool<byte>.Shared.Return(buffer);
            return 1;
        }
        """));

    [Fact]
    public Task A_throw_stands_before_the_release() => Verify.Reports(PairingProgram.With(
        """
        void Run(int size)
        {
            IntPtr memory = {|MMAP4001:Marshal.AllocHGlobal(16)|};
            if (size < 0)
                throw new ArgumentOutOfRangeException(nameof(size));
            Marshal.FreeHGlobal(memory);
        }
        """));

    [Fact]
    public Task A_helper_in_sight_throws_half_way() => Verify.Reports(PairingProgram.With(
        """
        int _total;
        void Run(int size)
        {
            {|MMAP4001:Monitor.Enter(_gate)|};
            Add(size);
            Monitor.Exit(_gate);
        }
        void Add(int size)
        {
            _total += size;
            if (_total > 100)
                throw new InvalidOperationException("full");
        }
        """));

    [Fact]
    public Task A_helper_in_sight_refuses_its_argument_only_possibly() => Verify.Reports(PairingProgram.With(
        """
        void Run(int size)
        {
            {|MMAP4011:Monitor.Enter(_gate)|};
            Check(size);
            Monitor.Exit(_gate);
        }
        static void Check(int size)
        {
            if (size < 0)
                throw new ArgumentOutOfRangeException(nameof(size));
        }
        """));

    [Fact]
    public Task Every_round_of_a_loop_takes_one() => Verify.Reports(PairingProgram.With(
        """
        void Run(int rounds)
        {
            for (int round = 0; round < rounds; round++)
            {
                IntPtr memory = {|MMAP4001:Marshal.AllocHGlobal(16)|};
                if (round == 3)
                    continue;
                Marshal.FreeHGlobal(memory);
            }
        }
        """));

    [Fact]
    public Task A_lock_behind_another_name_is_kept() => Verify.Reports(PairingProgram.With(
        """
        void Run(bool late)
        {
            object gate = _gate;
            {|MMAP4001:Monitor.Enter(gate)|};
            if (late)
                return;
            Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task A_lambda_keeps_the_lock() => Verify.Reports(PairingProgram.With(
        """
        Action<bool> Run() => late =>
        {
            {|MMAP4001:Monitor.Enter(_gate)|};
            if (late)
                return;
            Monitor.Exit(_gate);
        };
        """));

    [Fact]
    public Task An_awaited_semaphore_is_kept() => Verify.Reports(PairingProgram.With(
        """
        async Task Run(bool late)
        {
            await {|MMAP4001:_slots.WaitAsync()|};
            if (late)
                return;
            _slots.Release();
        }
        """));

    [Fact]
    public Task The_caller_gets_the_array() => Verify.Clean(PairingProgram.With(
        """
        byte[] Run() => ArrayPool<byte>.Shared.Rent(16);
        """));

    [Fact]
    public Task The_caller_gets_the_array_in_a_tuple() => Verify.Clean(PairingProgram.With(
        """
        (byte[] Buffer, int Length) Run() => (ArrayPool<byte>.Shared.Rent(16), 16);
        """));

    [Fact]
    public Task A_helper_gives_back() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            GiveBack(buffer);
        }
        static void GiveBack(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer);
        """));

    [Fact]
    public Task A_flag_remembers_that_it_was_taken() => Verify.Clean(PairingProgram.With(
        """
        void Run(bool large)
        {
            IntPtr memory = IntPtr.Zero;
            if (large)
                memory = Marshal.AllocHGlobal(4096);
            _count++;
            if (large)
                Marshal.FreeHGlobal(memory);
        }
        """));

    [Fact]
    public Task The_test_for_null_tells_whether_it_was_rented() => Verify.Clean(PairingProgram.With(
        """
        void Run(int length)
        {
            byte[]? rented = length > 256 ? ArrayPool<byte>.Shared.Rent(length) : null;
            _count++;
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
        """));

    [Fact]
    public Task A_list_keeps_the_array() => Verify.Clean(PairingProgram.With(
        """
        void Run(List<byte[]> kept) => kept.Add(ArrayPool<byte>.Shared.Rent(16));
        """));

    [Fact]
    public Task One_method_enters_and_another_leaves() => Verify.Clean(PairingProgram.With(
        """
        void Take() => Monitor.Enter(_gate);
        void GiveBack() => Monitor.Exit(_gate);
        """));
}
