using System.Globalization;
using Microsoft.CodeAnalysis;
using MmapAnalyzers.Tests.Verification;
using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP1002Tests
{
    /// <summary>A driver around the slots of its area table and the methods that fill them.</summary>
    private static string Driver(string slots, string members = "") =>
        $$"""
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;
            public Driver() => _ops = new VmOperations { {{slots}} };
            protected override Errno Init() => Errno.None;
            {{members}}
        }
        """;

    [Fact]
    public Task Close_without_open() => Verify.Reports(Driver(
        """
        {|MMAP1002:Close = VmaClose|}
        """,
        """
        private void VmaClose(VmArea area) => DecrementUseCount();
        """));

    [Fact]
    public Task Open_without_close() => Verify.Reports(Driver(
        """
        {|MMAP1002:Open = VmaOpen|}
        """,
        """
        private void VmaOpen(VmArea area) => IncrementUseCount();
        """));

    [Fact]
    public Task The_open_slot_is_null_in_so_many_words() => Verify.Reports(Driver(
        """
        Open = null, {|MMAP1002:Close = VmaClose|}
        """,
        """
        private void VmaClose(VmArea area) => DecrementUseCount();
        """));

    [Fact]
    public Task Close_is_a_lambda_and_open_is_missing() => Verify.Reports(Driver(
        """
        {|MMAP1002:Close = _ => DecrementUseCount()|}
        """));

    [Fact]
    public Task Open_does_nothing() => Verify.Reports(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private void {|MMAP1002:VmaOpen|}(VmArea area) { }
        private void VmaClose(VmArea area) => DecrementUseCount();
        """));

    [Fact]
    public Task Close_only_talks() => Verify.Reports(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private void VmaOpen(VmArea area) => IncrementUseCount();
        private void {|MMAP1002:VmaClose|}(VmArea area) => Kernel.Printk("gone");
        """));

    [Fact]
    public Task Open_is_a_lambda_that_only_talks() => Verify.Reports(Driver(
        """
        Open = {|MMAP1002:_ => Kernel.Printk("copied")|}, Close = VmaClose
        """,
        """
        private void VmaClose(VmArea area) => DecrementUseCount();
        """));

    [Fact]
    public Task Close_gives_back_two_for_one() => Verify.Reports(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private void VmaOpen(VmArea area) => IncrementUseCount();
        private void {|MMAP1002:VmaClose|}(VmArea area)
        {
            DecrementUseCount();
            DecrementUseCount();
        }
        """));

    [Fact]
    public Task Close_takes_another_one() => Verify.Reports(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private void VmaOpen(VmArea area) => IncrementUseCount();
        private void {|MMAP1002:VmaClose|}(VmArea area) => IncrementUseCount();
        """));

    [Fact]
    public Task Open_returns_early_for_some_areas() => Verify.Reports(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private void VmaOpen(VmArea area)
        {
            if ((area.Flags & VmFlags.Write) == 0)
                {|MMAP1002:return;|}
            IncrementUseCount();
        }
        private void VmaClose(VmArea area) => DecrementUseCount();
        """));

    [Fact]
    public Task Close_gives_back_under_a_condition_only() => Verify.Reports(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private void VmaOpen(VmArea area) => IncrementUseCount();
        private void {|MMAP1002:VmaClose|}(VmArea area)
        {
            if (area.Length > 4096)
                DecrementUseCount();
        }
        """));

    [Fact]
    public Task A_helper_takes_and_nobody_gives_back() => Verify.Reports(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private void Use() => IncrementUseCount();
        private void VmaOpen(VmArea area) => Use();
        private void {|MMAP1002:VmaClose|}(VmArea area) { }
        """));

    [Fact]
    public Task An_inode_is_put_for_every_area_and_taken_for_none() => Verify.Reports(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private void {|MMAP1002:VmaOpen|}(VmArea area) { }
        private void VmaClose(VmArea area) => area.Inode!.Put();
        """));

    [Fact]
    public Task Both_count() => Verify.Clean(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private void VmaOpen(VmArea area) => IncrementUseCount();
        private void VmaClose(VmArea area) => DecrementUseCount();
        """));

    [Fact]
    public Task Both_are_lambdas() => Verify.Clean(Driver(
        """
        Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount()
        """));

    [Fact]
    public Task Neither_counts() => Verify.Clean(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private void VmaOpen(VmArea area) => Kernel.Printk("copied");
        private void VmaClose(VmArea area) => Kernel.Printk("gone");
        """));

    [Fact]
    public Task Close_that_counts_nothing_needs_no_open() => Verify.Clean(Driver(
        """
        Close = VmaClose
        """,
        """
        private void VmaClose(VmArea area) => Kernel.Printk("gone");
        """));

    [Fact]
    public Task Both_count_under_the_same_condition() => Verify.Clean(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private void VmaOpen(VmArea area)
        {
            if ((area.Flags & VmFlags.Shared) != 0)
                IncrementUseCount();
        }
        private void VmaClose(VmArea area)
        {
            if ((area.Flags & VmFlags.Shared) == 0)
                return;
            DecrementUseCount();
        }
        """));

    [Fact]
    public Task The_same_question_through_a_helper() => Verify.Clean(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private static bool IsCounted(VmArea area) => area.Flags.HasFlag(VmFlags.Shared);
        private void VmaOpen(VmArea area)
        {
            if (IsCounted(area))
                IncrementUseCount();
        }
        private void VmaClose(VmArea area)
        {
            if (IsCounted(area))
                DecrementUseCount();
        }
        """));

    [Fact]
    public Task The_first_area_takes_and_the_last_gives_back() => Verify.Clean(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private int _areas;
        private void VmaOpen(VmArea area)
        {
            if (_areas++ == 0)
                IncrementUseCount();
        }
        private void VmaClose(VmArea area)
        {
            if (--_areas == 0)
                DecrementUseCount();
        }
        """));

    [Fact]
    public Task The_first_and_the_last_by_interlocked_operations() => Verify.Clean(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private int _areas;
        private void VmaOpen(VmArea area)
        {
            if (System.Threading.Interlocked.Increment(ref _areas) == 1)
                IncrementUseCount();
        }
        private void VmaClose(VmArea area)
        {
            if (System.Threading.Interlocked.Decrement(ref _areas) == 0)
                DecrementUseCount();
        }
        """));

    [Fact]
    public Task One_helper_with_a_direction_serves_both() => Verify.Clean(Driver(
        """
        Open = area => Account(area, up: true), Close = area => Account(area, up: false)
        """,
        """
        private void Account(VmArea area, bool up)
        {
            if (up)
                IncrementUseCount();
            else
                DecrementUseCount();
        }
        """));

    [Fact]
    public Task Statistics_are_no_counts() => Verify.Clean(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private int _opened;
        private int _closed;
        private void VmaOpen(VmArea area)
        {
            _opened++;
            IncrementUseCount();
        }
        private void VmaClose(VmArea area)
        {
            _closed++;
            DecrementUseCount();
        }
        """));

    [Fact]
    public Task Close_asserts_that_something_is_counted() => Verify.Clean(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private int _areas;
        private void VmaOpen(VmArea area)
        {
            _areas++;
            IncrementUseCount();
        }
        private void VmaClose(VmArea area)
        {
            if (_areas == 0)
                throw new InvalidOperationException();
            _areas--;
            DecrementUseCount();
        }
        """));

    [Fact]
    public Task Close_gives_back_in_finally() => Verify.Clean(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private void VmaOpen(VmArea area) => IncrementUseCount();
        private void VmaClose(VmArea area)
        {
            try
            {
                Kernel.Printk("gone");
            }
            finally
            {
                DecrementUseCount();
            }
        }
        """));

    [Fact]
    public Task A_count_for_every_page_of_the_area() => Verify.Clean(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private void VmaOpen(VmArea area)
        {
            for (ulong at = 0; at < area.Length; at += 4096)
                IncrementUseCount();
        }
        private void VmaClose(VmArea area)
        {
            for (ulong at = 0; at < area.Length; at += 4096)
                DecrementUseCount();
        }
        """));

    [Fact]
    public Task Both_ask_a_set_that_remembers_the_areas() => Verify.Clean(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private readonly HashSet<ulong> _starts = new();
        private void VmaOpen(VmArea area)
        {
            if (_starts.Add(area.Start.Value))
                IncrementUseCount();
        }
        private void VmaClose(VmArea area)
        {
            if (_starts.Remove(area.Start.Value))
                DecrementUseCount();
        }
        """));

    [Fact]
    public Task A_slot_put_together_from_two_delegates_is_not_judged() => Verify.Clean(Driver(
        """
        Open = Both(), Close = VmaClose
        """,
        """
        private AreaMethod Both()
        {
            AreaMethod both = _ => Kernel.Printk("copied");
            both += _ => IncrementUseCount();
            return both;
        }
        private void VmaClose(VmArea area) => DecrementUseCount();
        """));

    [Fact]
    public Task Free_places_are_counted_down_and_up() => Verify.Clean(Driver(
        """
        Open = VmaOpen, Close = VmaClose
        """,
        """
        private int _free = 16;
        private void VmaOpen(VmArea area) => _free--;
        private void VmaClose(VmArea area) => _free++;
        """));

    [Fact]
    public Task Another_module_is_counted() => Verify.Clean(Driver(
        """
        Open = _ => _library.IncrementUseCount(), Close = _ => _library.DecrementUseCount()
        """,
        """
        private readonly KernelModule _library = null!;
        """));

    [Fact]
    public async Task The_message_names_the_count_and_the_path()
    {
        Diagnostic found = Assert.Single(await Analysis.Of(Driver(
            """
            Open = VmaOpen, Close = VmaClose
            """,
            """
            private void VmaOpen(VmArea area)
            {
                if ((area.Flags & VmFlags.Write) == 0)
                    return;
                IncrementUseCount();
            }
            private void VmaClose(VmArea area) => DecrementUseCount();
            """)));
        Assert.Equal(
            "The 'module-use' count: 'VmaOpen' counts nothing when '(area.Flags & VmFlags.Write) == 0' is true, but 'VmaClose' gives back one; "
            + "fork, split and exit of a mapping call one for each call of the other",
            found.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(
            [
                "(area.Flags & VmFlags.Write) == 0",
                "DecrementUseCount()",
            ],
            Analysis.Story(found));
    }
}
