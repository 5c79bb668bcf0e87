using MmapAnalyzers.Tests.Verification;
using VerifyFix = MmapAnalyzers.Tests.Verification.VerifyFix<MmapAnalyzers.CodeFixes.MMAP1002OpenAndCloseDoNotBalanceCodeFix>;

namespace MmapAnalyzers.Tests.Fixes;

public sealed class MMAP1002FixTests
{
    [Fact]
    public Task An_absent_open_is_written_before_close() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private readonly VmOperations _ops;

            public Driver() => _ops = new VmOperations { {|MMAP1002:Close = VmaClose|} };

            private void VmaClose(VmArea area) => DecrementUseCount();
            """),
        Drivers.Table(
            """
            private readonly VmOperations _ops;

            public Driver() => _ops = new VmOperations { Open = VmaOpen, Close = VmaClose };

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void VmaClose(VmArea area) => DecrementUseCount();
            """));

    [Fact]
    public Task An_absent_close_is_written_after_open() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private readonly VmOperations _ops;

            public Driver()
            {
                _ops = new VmOperations
                {
                    {|MMAP1002:Open = this.OnOpen|}, // counts copies
                    Nopage = null,
                };
            }

            /// <summary>Counts a copy.</summary>
            private void OnOpen(VmArea area)
            {
                IncrementUseCount();
            }
            """),
        Drivers.Table(
            """
            private readonly VmOperations _ops;

            public Driver()
            {
                _ops = new VmOperations
                {
                    Open = this.OnOpen, // counts copies
                    Close = this.OnClose,
                    Nopage = null,
                };
            }

            /// <summary>Counts a copy.</summary>
            private void OnOpen(VmArea area)
            {
                IncrementUseCount();
            }

            private void OnClose(VmArea area)
            {
                DecrementUseCount();
            }
            """));

    [Fact]
    public Task The_last_of_several_lines_gets_a_comma() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Create() => new VmOperations
            {
                {|MMAP1002:Open = VmaOpen|} // counts copies
            };

            private void VmaOpen(VmArea area) => IncrementUseCount();
            private void Other() { }
            """),
        Drivers.Table(
            """
            private VmOperations Create() => new VmOperations
            {
                Open = VmaOpen, // counts copies
                Close = VmaClose
            };

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void VmaClose(VmArea area) => DecrementUseCount();
            private void Other() { }
            """));

    [Fact]
    public Task Comments_stay_with_the_slot_and_the_method_they_were_written_for() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Create() => new()
            {
                // Gives the unit back.
                {|MMAP1002:Close = VmaClose|}
            };

            // An area goes.
            private static void VmaClose(VmArea area) { area.Inode!.Put(); }
            """),
        Drivers.Table(
            """
            private VmOperations Create() => new()
            {
                Open = VmaOpen,
                // Gives the unit back.
                Close = VmaClose
            };

            private static void VmaOpen(VmArea area) { area.Inode.Get(); }

            // An area goes.
            private static void VmaClose(VmArea area) { area.Inode!.Put(); }
            """));

    [Fact]
    public Task A_lambda_is_answered_by_a_lambda() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Create() => new() { {|MMAP1002:Close = _ => DecrementUseCount()|} };
            """),
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount() };
            """));

    [Fact]
    public Task A_local_function_is_answered_by_a_local_function() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Create()
            {
                return new VmOperations { {|MMAP1002:Close = Gone|} };

                void Gone(VmArea area) => DecrementUseCount();
            }
            """),
        Drivers.Table(
            """
            private VmOperations Create()
            {
                return new VmOperations { Open = Open, Close = Gone };

                void Open(VmArea area) => IncrementUseCount();

                void Gone(VmArea area) => DecrementUseCount();
            }
            """));

    [Fact]
    public Task An_explicit_null_gives_way() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = null, {|MMAP1002:Close = new AreaMethod(VmaClose)|} };

            private void VmaClose(VmArea area) => DecrementUseCount();
            """),
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = new AreaMethod(VmaOpen), Close = new AreaMethod(VmaClose) };

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void VmaClose(VmArea area) => DecrementUseCount();
            """));

    [Fact]
    public Task A_method_that_waits_to_be_used_is_used() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Create() => new() { {|MMAP1002:Close = VmaClose|} };

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void VmaClose(VmArea area) => DecrementUseCount();
            """),
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = VmaOpen, Close = VmaClose };

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void VmaClose(VmArea area) => DecrementUseCount();
            """));

    [Fact]
    public Task A_name_that_is_taken_gets_a_number() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Create() => new() { {|MMAP1002:Close = VmaClose|} };

            private void VmaOpen(string device) => Kernel.Printk(device);

            private void VmaClose(VmArea area) => DecrementUseCount();
            """),
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = VmaOpen1, Close = VmaClose };

            private void VmaOpen(string device) => Kernel.Printk(device);

            private void VmaOpen1(VmArea area) => IncrementUseCount();

            private void VmaClose(VmArea area) => DecrementUseCount();
            """));

    [Fact]
    public Task The_new_method_stands_in_the_file_of_its_counterpart() => VerifyFix.Repairs(
        [
            """
            public sealed partial class Driver : KernelModule
            {
                private VmOperations Create() => new() { {|MMAP1002:Close = VmaClose|} };

                protected override Errno Init() => Errno.None;
            }
            """,
            """
            public sealed partial class Driver
            {
            	private void VmaClose(VmArea area) {
            		DecrementUseCount();
            	}
            }
            """,
        ],
        [
            """
            public sealed partial class Driver : KernelModule
            {
                private VmOperations Create() => new() { Open = VmaOpen, Close = VmaClose };

                protected override Errno Init() => Errno.None;
            }
            """,
            """
            public sealed partial class Driver
            {
            	private void VmaOpen(VmArea area) {
            		IncrementUseCount();
            	}

            	private void VmaClose(VmArea area) {
            		DecrementUseCount();
            	}
            }
            """,
        ]);

    [Fact]
    public Task Two_tables_share_the_new_method() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Plain() => new() { {|MMAP1002:Close = VmaClose|} };

            private VmOperations Other() => new() { {|MMAP1002:Close = VmaClose|} };

            private void VmaClose(VmArea area) => DecrementUseCount();
            """),
        Drivers.Table(
            """
            private VmOperations Plain() => new() { Open = VmaOpen, Close = VmaClose };

            private VmOperations Other() => new() { Open = VmaOpen, Close = VmaClose };

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void VmaClose(VmArea area) => DecrementUseCount();
            """));

    [Fact]
    public Task A_slot_that_is_filled_later_gets_its_counterpart_there() => VerifyFix.Repairs(
        OwnTable(
            """
            {|MMAP1002:ops.Close = VmaClose|};
                    return ops;
            """,
            ""),
        OwnTable(
            """
            ops.Open = VmaOpen;
                    ops.Close = VmaClose;
                    return ops;
            """,
            """
            private void VmaOpen(object area) => Take();


            """ + "    "));

    [Fact]
    public Task An_open_that_counts_nothing_is_made_to_count() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = VmaOpen, Close = VmaClose };

            private void {|MMAP1002:VmaOpen|}(VmArea area)
            {
                Kernel.Printk("copied"); // by fork or split
            }

            private void VmaClose(VmArea area) => DecrementUseCount();
            """),
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = VmaOpen, Close = VmaClose };

            private void VmaOpen(VmArea area)
            {
                Kernel.Printk("copied"); // by fork or split
                IncrementUseCount();
            }

            private void VmaClose(VmArea area) => DecrementUseCount();
            """));

    [Fact]
    public Task An_expression_body_is_kept_as_a_statement() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = VmaOpen, Close = VmaClose };

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void {|MMAP1002:VmaClose|}(VmArea area) => Kernel.Printk("gone");
            """),
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = VmaOpen, Close = VmaClose };

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void VmaClose(VmArea area)
            {
                Kernel.Printk("gone");
                DecrementUseCount();
            }
            """));

    [Fact]
    public Task An_empty_body_on_one_line_stays_on_it() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = VmaOpen, Close = VmaClose };

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void {|MMAP1002:VmaClose|}(VmArea area) { }
            """),
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = VmaOpen, Close = VmaClose };

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void VmaClose(VmArea area) { DecrementUseCount(); }
            """));

    [Fact]
    public Task A_comment_in_an_empty_body_is_kept() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = VmaOpen, Close = VmaClose };

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void {|MMAP1002:VmaClose|}(VmArea area)
            {
                // The device needs nothing.
            }
            """),
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = VmaOpen, Close = VmaClose };

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void VmaClose(VmArea area)
            {
                // The device needs nothing.
                DecrementUseCount();
            }
            """));

    [Fact]
    public Task A_function_that_leaves_early_counts_first() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = VmaOpen, Close = VmaClose };

            private void {|MMAP1002:VmaOpen|}(VmArea area)
            {
                if (area.Offset == 0)
                    return;
                Kernel.Printk("copied");
            }

            private void VmaClose(VmArea area) => DecrementUseCount();
            """),
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = VmaOpen, Close = VmaClose };

            private void VmaOpen(VmArea area)
            {
                IncrementUseCount();
                if (area.Offset == 0)
                    return;
                Kernel.Printk("copied");
            }

            private void VmaClose(VmArea area) => DecrementUseCount();
            """));

    [Fact]
    public Task A_lambda_that_counts_nothing_is_made_to_count() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private VmOperations Create() => new()
            {
                Open = {|MMAP1002:_ => Kernel.Printk("copied")|},
                Close = _ => DecrementUseCount(),
            };
            """),
        Drivers.Table(
            """
            private VmOperations Create() => new()
            {
                Open = _ =>
                {
                    Kernel.Printk("copied");
                    IncrementUseCount();
                },
                Close = _ => DecrementUseCount(),
            };
            """));

    [Fact]
    public Task Nothing_is_offered_when_a_method_seems_meant_for_the_slot_but_does_something_else() => VerifyFix.OffersNothing(
        Drivers.Table(
            """
            private VmOperations Create() => new() { {|MMAP1002:Close = VmaClose|} };

            private void VmaOpen(VmArea area) => Kernel.Printk("copied");

            private void VmaClose(VmArea area) => DecrementUseCount();
            """));

    [Fact]
    public Task Nothing_is_offered_when_both_sides_count_unequally() => VerifyFix.OffersNothing(
        Drivers.Table(
            """
            private VmOperations Create() => new() { Open = VmaOpen, Close = VmaClose };

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void {|MMAP1002:VmaClose|}(VmArea area)
            {
                DecrementUseCount();
                DecrementUseCount();
            }
            """));

    /// <summary>A table of one's own, whose slots can be filled at any time.</summary>
    private static string OwnTable(string statements, string members) =>
        $$"""
        public sealed class Slots
        {
            [Role("open")]
            public Action<object>? Open { get; set; }

            [Role("close")]
            public Action<object>? Close { get; set; }
        }

        public sealed class Owner
        {
            public Slots Create()
            {
                var ops = new Slots();
                {{statements}}
            }

            {{members}}private void VmaClose(object area) => Put();

            [Acquires("unit")]
            public void Take() { }

            [Releases("unit")]
            public void Put() { }
        }
        """;
}
