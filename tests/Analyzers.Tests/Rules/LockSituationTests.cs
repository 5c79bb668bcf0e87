using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class LockSituationTests
{
    [Fact]
    public Task Situation_13_a_lock_in_a_lambda() => Verify.Reports(PairingProgram.With(
        """
        Action<bool> Run() => early =>
        {
            {|MMAP4001:Monitor.Enter(_gate)|};
            if (early)
                return;
            Monitor.Exit(_gate);
        };
        """));

    [Fact]
    public Task Situation_15_a_wait_with_a_limit_is_asked() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            if (!_slots.Wait(10))
                return;
            try
            {
                _count++;
            }
            finally
            {
                _slots.Release();
            }
        }
        """));

    [Fact]
    public Task Situation_13_a_lock_by_another_name() => Verify.Reports(PairingProgram.With(
        """
        void Run(bool early)
        {
            object gate = _gate;
            {|MMAP4001:Monitor.Enter(gate)|};
            if (early)
                return;
            Monitor.Exit(gate);
        }
        """));

    [Fact]
    public Task Situation_13_a_lock_from_a_parameter() => Verify.Reports(PairingProgram.With(
        """
        void Run(object gate, bool early)
        {
            {|MMAP4001:Monitor.Enter(gate)|};
            if (early)
                return;
            Monitor.Exit(gate);
        }
        """));

    [Fact]
    public Task Situation_13_both_paths_leave() => Verify.Clean(PairingProgram.With(
        """
        void Run(object gate, bool early)
        {
            Monitor.Enter(gate);
            if (early)
            {
                Monitor.Exit(gate);
                return;
            }
            Monitor.Exit(gate);
        }
        """));

    [Fact]
    public Task Situation_14_a_reference_that_was_never_taken() => Verify.Reports(PairingProgram.With(
        """
        void Run(SafeHandle handle)
        {
            bool added = false;
            try
            {
                handle.DangerousAddRef(ref added);
            }
            finally
            {
                {|MMAP4010:handle.DangerousRelease()|};
            }
        }
        """));

    [Fact]
    public Task Situation_14_the_flag_is_asked() => Verify.Clean(PairingProgram.With(
        """
        void Run(SafeHandle handle)
        {
            bool added = false;
            try
            {
                handle.DangerousAddRef(ref added);
            }
            finally
            {
                if (added)
                    handle.DangerousRelease();
            }
        }
        """));

    [Fact]
    public Task Situation_15_a_wait_with_a_limit_is_released_all_the_same() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            try
            {
                {|MMAP4005:_slots.Wait(10)|};
            }
            finally
            {
                _slots.Release();
            }
        }
        """));
}
