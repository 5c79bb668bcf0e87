using VerifyFix = MmapAnalyzers.Tests.Verification.VerifyFix<MmapAnalyzers.CodeFixes.MMAP4005AcquireOutcomeIgnoredCodeFix>;

namespace MmapAnalyzers.Tests.Fixes;

public sealed class MMAP4005FixTests
{
    [Fact]
    public Task The_call_is_tested_where_it_stands() => VerifyFix.Repairs(
        """
        using System.Threading;

        class Counter
        {
            private readonly object _gate = new();
            private int _count;

            void Use()
            {
                {|MMAP4005:Monitor.TryEnter(_gate, 100)|};
                _count++;
                Monitor.Exit(_gate);
            }
        }
        """,
        """
        using System.Threading;

        class Counter
        {
            private readonly object _gate = new();
            private int _count;

            void Use()
            {
                if (!Monitor.TryEnter(_gate, 100))
                {
                    return;
                }
                _count++;
                Monitor.Exit(_gate);
            }
        }
        """);

    [Fact]
    public Task An_async_function_without_a_result_returns_as_well() => VerifyFix.Repairs(
        """
        using System.Threading;
        using System.Threading.Tasks;

        class Counter
        {
            private readonly SemaphoreSlim _slots = new(4);
            private int _count;

            async Task Use(bool isNew)
            {
                await Task.Yield();
                if (isNew) return;
                {|MMAP4005:_slots.Wait(100)|};
                _count++;
                _slots.Release();
            }
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        class Counter
        {
            private readonly SemaphoreSlim _slots = new(4);
            private int _count;

            async Task Use(bool isNew)
            {
                await Task.Yield();
                if (isNew) return;
                if (!_slots.Wait(100)) return;
                _count++;
                _slots.Release();
            }
        }
        """);

    [Fact]
    public Task Nothing_is_offered_where_the_function_returns_a_value() => VerifyFix.OffersNothing(
        """
        using System.Threading;

        class Counter
        {
            private readonly object _gate = new();
            private int _count;

            int Use()
            {
                {|MMAP4005:Monitor.TryEnter(_gate, 100)|};
                var count = _count++;
                Monitor.Exit(_gate);
                return count;
            }
        }
        """);
}
