using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP4005Tests
{
    [Fact]
    public Task The_result_is_dropped() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            {|MMAP4005:Monitor.TryEnter(_gate)|};
            _count++;
            Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task The_result_is_discarded() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            _ = {|MMAP4005:Monitor.TryEnter(_gate)|};
            _count++;
            Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task A_wait_with_a_limit() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            {|MMAP4005:_slots.Wait(100)|};
            _count++;
            _slots.Release();
        }
        """));

    [Fact]
    public Task The_variable_is_overwritten() => Verify.Reports(PairingProgram.With(
        """
        bool Run()
        {
            bool entered = {|MMAP4005:Monitor.TryEnter(_gate)|};
            entered = _count++ == 0;
            Monitor.Exit(_gate);
            return entered;
        }
        """));

    [Fact]
    public Task One_path_does_not_look() => Verify.Reports(PairingProgram.With(
        """
        void Run(bool hurry)
        {
            bool entered = {|MMAP4005:Monitor.TryEnter(_gate)|};
            if (hurry || entered)
                Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task The_result_is_tested() => Verify.Clean(PairingProgram.With(
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
    public Task The_result_is_tested_through_a_variable() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            bool entered = Monitor.TryEnter(_gate, 100);
            if (entered)
                Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task The_caller_gets_the_result() => Verify.Clean(PairingProgram.With(
        """
        bool Take() => Monitor.TryEnter(_gate);
        void GiveBack() => Monitor.Exit(_gate);
        """));

    [Fact]
    public Task A_flag_by_reference_is_tested() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            bool taken = false;
            Monitor.TryEnter(_gate, ref taken);
            if (taken)
                Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task A_field_keeps_the_result() => Verify.Clean(PairingProgram.With(
        """
        private bool _entered;
        void Take() => _entered = Monitor.TryEnter(_gate);
        void GiveBack()
        {
            if (_entered)
                Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task A_wait_without_limit_has_no_result_to_look_at() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            _slots.Wait();
            _slots.Release();
        }
        """));
}
