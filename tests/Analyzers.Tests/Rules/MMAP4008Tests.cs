using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP4008Tests
{
    [Fact]
    public Task A_pulse_after_the_exit() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            Monitor.Enter(_gate);
            Monitor.Exit(_gate);
            {|MMAP4008:Monitor.PulseAll(_gate)|};
        }
        """));

    [Fact]
    public Task A_wait_after_the_exit() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            Monitor.Enter(_gate);
            Monitor.Exit(_gate);
            {|MMAP4008:Monitor.Wait(_gate)|};
        }
        """));

    [Fact]
    public Task A_pulse_where_the_try_has_failed() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            if (Monitor.TryEnter(_gate))
                Monitor.Exit(_gate);
            else
                {|MMAP4008:Monitor.Pulse(_gate)|};
        }
        """));

    [Fact]
    public Task A_pulse_behind_a_lock_statement() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            lock (_gate)
                _count++;
            {|MMAP4008:Monitor.Pulse(_gate)|};
        }
        """));

    [Fact]
    public Task One_path_has_left() => Verify.Reports(PairingProgram.With(
        """
        void Run(bool early)
        {
            Monitor.Enter(_gate);
            if (early)
                Monitor.Exit(_gate);
            {|MMAP4008:Monitor.Pulse(_gate)|};
            if (!early)
                Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task A_helper_has_left() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            Monitor.Enter(_gate);
            Leave();
            {|MMAP4008:Monitor.Pulse(_gate)|};
        }
        void Leave() => Monitor.Exit(_gate);
        """));

    [Fact]
    public Task A_pulse_under_the_lock() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            lock (_gate)
                Monitor.PulseAll(_gate);
        }
        """));

    [Fact]
    public Task A_pulse_between_enter_and_exit() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            Monitor.Enter(_gate);
            Monitor.Pulse(_gate);
            Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task The_caller_may_hold_the_lock() => Verify.Clean(PairingProgram.With(
        """
        void Run() => Monitor.Pulse(_gate);
        """));

    [Fact]
    public Task Entered_twice_and_left_once() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            lock (_gate)
            {
                lock (_gate)
                    _count++;
                Monitor.Pulse(_gate);
            }
        }
        """));

    [Fact]
    public Task Taken_again_for_the_pulse() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            Monitor.Enter(_gate);
            Monitor.Exit(_gate);
            lock (_gate)
                Monitor.Pulse(_gate);
        }
        """));
}
