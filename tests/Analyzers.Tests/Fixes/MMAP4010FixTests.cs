using VerifyFix = MmapAnalyzers.Tests.Verification.VerifyFix<MmapAnalyzers.CodeFixes.MMAP4010ReleasedThoughAcquireThrewCodeFix>;

namespace MmapAnalyzers.Tests.Fixes;

public sealed class MMAP4010FixTests
{
    [Fact]
    public Task The_acquire_moves_in_front_of_the_try_with_its_comment() => VerifyFix.Repairs(
        """
        using System.Threading;

        class Counter
        {
            private readonly SemaphoreSlim _slots = new(4);
            private int _count;

            void Use()
            {
                try
                {
                    // One at a time.
                    _slots.Wait();
                    _count++;
                }
                finally
                {
                    {|MMAP4010:_slots.Release()|};
                }
            }
        }
        """,
        """
        using System.Threading;

        class Counter
        {
            private readonly SemaphoreSlim _slots = new(4);
            private int _count;

            void Use()
            {
                // One at a time.
                _slots.Wait();
                try
                {
                    _count++;
                }
                finally
                {
                    _slots.Release();
                }
            }
        }
        """);

    [Fact]
    public Task A_blank_line_behind_the_acquire_goes() => VerifyFix.Repairs(
        """
        using System.Threading;

        class Counter
        {
            private readonly SemaphoreSlim _slots = new(4);

            void Use(Action work)
            {
                Console.WriteLine("begin");
                try {
                    _slots.Wait();

                    work();
                } finally {
                    {|MMAP4010:_slots.Release()|};
                }
            }
        }
        """,
        """
        using System.Threading;

        class Counter
        {
            private readonly SemaphoreSlim _slots = new(4);

            void Use(Action work)
            {
                Console.WriteLine("begin");
                _slots.Wait();
                try {
                    work();
                } finally {
                    _slots.Release();
                }
            }
        }
        """);

    [Fact]
    public Task Nothing_is_offered_where_something_runs_before_the_acquire() => VerifyFix.OffersNothing(
        """
        using System.Threading;

        class Counter
        {
            private readonly SemaphoreSlim _slots = new(4);

            void Use(Action work)
            {
                try
                {
                    Console.WriteLine("begin");
                    _slots.Wait();
                    work();
                }
                finally
                {
                    {|MMAP4010:_slots.Release()|};
                }
            }
        }
        """);
}
