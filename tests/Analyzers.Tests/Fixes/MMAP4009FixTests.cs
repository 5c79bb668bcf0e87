using VerifyFix = MmapAnalyzers.Tests.Verification.VerifyFix<MmapAnalyzers.CodeFixes.MMAP4009ReleasedAfterFailureCodeFix>;

namespace MmapAnalyzers.Tests.Fixes;

public sealed class MMAP4009FixTests
{
    [Fact]
    public Task The_release_goes_from_the_path_that_holds_nothing() => VerifyFix.Repairs(
        """
        using System.Threading;

        class Counter
        {
            private readonly object _gate = new();
            private int _count;

            bool Use()
            {
                if (!Monitor.TryEnter(_gate))
                {
                    {|MMAP4009:Monitor.Exit(_gate)|};
                    return false;
                }

                _count++;
                Monitor.Exit(_gate);
                return true;
            }
        }
        """,
        """
        using System.Threading;

        class Counter
        {
            private readonly object _gate = new();
            private int _count;

            bool Use()
            {
                if (!Monitor.TryEnter(_gate))
                {
                    return false;
                }

                _count++;
                Monitor.Exit(_gate);
                return true;
            }
        }
        """);

    [Fact]
    public Task A_release_for_both_outcomes_asks_first() => VerifyFix.Repairs(
        """
        using System.Threading;

        class Counter
        {
            private readonly object _gate = new();
            private int _count;

            void Use()
            {
                var taken = Monitor.TryEnter(_gate);
                try
                {
                    if (taken)
                    {
                        _count++;
                    }
                }
                finally
                {
                    {|MMAP4009:Monitor.Exit(_gate)|};
                }
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
                var taken = Monitor.TryEnter(_gate);
                try
                {
                    if (taken)
                    {
                        _count++;
                    }
                }
                finally
                {
                    if (taken)
                    {
                        Monitor.Exit(_gate);
                    }
                }
            }
        }
        """);

    [Fact]
    public Task The_number_that_tells_of_the_failure_is_asked() => VerifyFix.Repairs(
        """
        using System.Runtime.InteropServices;

        static class Native
        {
            [DllImport("libc")]
            public static extern int open(string path, int flags);

            [DllImport("libc")]
            public static extern int close(int file);
        }

        class Reader
        {
            void Read()
            {
                int file = Native.open("data", 0);
                if (file < 0)
                    Console.WriteLine("no data");
                {|MMAP4009:Native.close(file)|};
            }
        }
        """,
        """
        using System.Runtime.InteropServices;

        static class Native
        {
            [DllImport("libc")]
            public static extern int open(string path, int flags);

            [DllImport("libc")]
            public static extern int close(int file);
        }

        class Reader
        {
            void Read()
            {
                int file = Native.open("data", 0);
                if (file < 0)
                    Console.WriteLine("no data");
                if (file >= 0)
                    Native.close(file);
            }
        }
        """);
}
