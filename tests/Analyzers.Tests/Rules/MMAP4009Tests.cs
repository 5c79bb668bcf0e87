using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP4009Tests
{
    [Fact]
    public Task The_branch_of_the_failure_gives_back() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            if (!Monitor.TryEnter(_gate))
            {
                {|MMAP4009:Monitor.Exit(_gate)|};
                return;
            }
            Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task The_finally_block_does_not_ask() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            bool entered = _slots.Wait(100);
            try
            {
                if (entered)
                    _count++;
            }
            finally
            {
                {|MMAP4009:_slots.Release()|};
            }
        }
        """));

    [Fact]
    public Task The_test_is_the_wrong_way_round() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            bool entered = Monitor.TryEnter(_gate);
            if (!entered)
                {|MMAP4009:Monitor.Exit(_gate)|};
        }
        """));

    [Fact]
    public Task The_failure_value_is_unmapped() => Verify.Reports(PairingProgram.With(
        """
        [DllImport("libc")] static extern nint mmap(nint at, nint length, int protection, int flags, int file, nint offset);
        [DllImport("libc")] static extern int munmap(nint at, nint length);
        void Run()
        {
            nint memory = mmap(0, 4096, 3, 0x22, -1, 0);
            if (memory == -1)
                _count++;
            {|MMAP4009:munmap(memory, 4096)|};
        }
        """));

    [Fact]
    public Task A_helper_gives_back() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            if (!Monitor.TryEnter(_gate))
                _count--;
            {|MMAP4009:Leave()|};
        }
        void Leave() => Monitor.Exit(_gate);
        """));

    [Fact]
    public Task Left_where_it_failed() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            if (!Monitor.TryEnter(_gate))
                return;
            _count++;
            Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task The_finally_block_asks() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            bool entered = _slots.Wait(100);
            try
            {
                _count++;
            }
            finally
            {
                if (entered)
                    _slots.Release();
            }
        }
        """));

    [Fact]
    public Task Waited_for_where_the_try_failed() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            if (!Monitor.TryEnter(_gate))
                Monitor.Enter(_gate);
            _count++;
            Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task A_loop_tries_until_it_succeeds() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            while (!Monitor.TryEnter(_gate))
                _count++;
            Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task A_mapping_is_tested_before_it_is_given_back() => Verify.Clean(PairingProgram.With(
        """
        [DllImport("libc")] static extern nint mmap(nint at, nint length, int protection, int flags, int file, nint offset);
        [DllImport("libc")] static extern int munmap(nint at, nint length);
        void Run()
        {
            nint memory = mmap(0, 4096, 3, 0x22, -1, 0);
            if (memory != -1)
                munmap(memory, 4096);
        }
        """));

    [Fact]
    public Task A_helper_tells_how_it_went() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            if (TryTake())
                Monitor.Exit(_gate);
        }
        bool TryTake() => Monitor.TryEnter(_gate, 100);
        """));
}
