using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

/// <summary>Counts on objects that other functions know too: when the other half is surely missing, and when another function may do it.</summary>
public sealed class CountedElsewhereTests
{
    [Fact]
    public Task Taken_twice_and_given_back_once() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            Monitor.Enter(_gate);
            {|MMAP4001:Monitor.Enter(_gate)|};
            _count++;
            Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task Given_back_and_taken_again() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            Monitor.Enter(_gate);
            Monitor.Exit(_gate);
            Monitor.Enter(_gate);
        }
        void End() => Monitor.Exit(_gate);
        """));

    [Fact]
    public Task Taken_on_one_path_and_given_back_on_all() => Verify.Reports(PairingProgram.With(
        """
        void Run(bool careful)
        {
            if (careful)
                Monitor.Enter(_gate);
            _count++;
            {|MMAP4009:Monitor.Exit(_gate)|};
        }
        """));

    [Fact]
    public Task Given_back_where_nothing_in_the_type_takes_it() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            _count++;
            {|MMAP4009:Monitor.Exit(_gate)|};
        }
        """));

    [Fact]
    public Task Another_member_takes_and_gives_back_for_itself_alone() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            {|MMAP4001:Monitor.Enter(_gate)|};
            _count++;
        }
        void Other()
        {
            Monitor.Enter(_gate);
            _count--;
            Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task Another_member_takes_it_and_keeps_it_mostly() => Verify.Clean(PairingProgram.With(
        """
        bool Start(bool failing)
        {
            Monitor.Enter(_gate);
            if (!failing)
                return true;
            Monitor.Exit(_gate);
            return false;
        }
        void End() => Monitor.Exit(_gate);
        """));

    [Fact]
    public Task One_helper_serves_both_directions() => Verify.Clean(PairingProgram.With(
        """
        void Set(bool locked)
        {
            if (locked)
                Monitor.Enter(_gate);
            else
                Monitor.Exit(_gate);
        }
        """));

    [Fact]
    public Task A_semaphore_that_begins_empty_is_a_signal() => Verify.Clean(PairingProgram.With(
        """
        private readonly SemaphoreSlim _items = new(0);
        void Put() => _items.Release();
        """));

    [Fact]
    public Task A_semaphore_that_begins_with_units_guards_something() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            _count++;
            {|MMAP4009:_slots.Release()|};
        }
        """));

    [Fact]
    public Task Nobody_but_callers_in_sight_has_the_object() => Verify.Reports(PairingProgram.With(
        """
        void Run(SafeHandle handle)
        {
            bool added = false;
            {|MMAP4001:handle.DangerousAddRef(ref added)|};
            _count++;
        }
        """));

    [Fact]
    public Task Another_type_gives_back_what_callers_have() => Verify.Clean(PairingProgram.With(
        """
        void Run(SafeHandle handle)
        {
            bool added = false;
            handle.DangerousAddRef(ref added);
            _count++;
        }
        """),
        """
        using System.Runtime.InteropServices;
        internal static class Elsewhere
        {
            public static void End(SafeHandle handle) => handle.DangerousRelease();
        }
        """);

    [Fact]
    public Task Given_back_twice_though_taken_elsewhere() => Verify.Reports(PairingProgram.With(
        """
        void Begin() => Monitor.Enter(_gate);
        void End()
        {
            Monitor.Exit(_gate);
            {|MMAP4002:Monitor.Exit(_gate)|};
        }
        """));

    [Fact]
    public Task A_caller_cannot_tell_what_holds_from_what_was_refused() => Verify.Reports(PairingProgram.With(
        """
        bool Run(bool early)
        {
            if (!{|MMAP4001:Monitor.TryEnter(_gate)|})
                return false;
            if (early)
                return false;
            Monitor.Exit(_gate);
            return true;
        }
        """));

    [Fact]
    public Task A_type_inside_gives_back_what_the_outer_one_takes() => Verify.Clean(
        """
        using System.Threading;
        internal sealed class Door
        {
            private readonly object _flag = new();
            public Held Enter()
            {
                Monitor.Enter(_flag);
                return new Held(this);
            }
            private void Leave() => Monitor.Exit(_flag);
            public readonly struct Held(Door door)
            {
                public void Dispose() => door.Leave();
            }
        }
        """);
}
