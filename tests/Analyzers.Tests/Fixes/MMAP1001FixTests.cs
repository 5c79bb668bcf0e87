using MmapAnalyzers.CodeFixes;
using MmapAnalyzers.Tests.Verification;
using VerifyFix = MmapAnalyzers.Tests.Verification.VerifyFix<MmapAnalyzers.CodeFixes.MMAP1001FirstMappingNotCountedCodeFix>;

namespace MmapAnalyzers.Tests.Fixes;

public sealed class MMAP1001FixTests
{
    [Fact]
    public Task Counting_is_the_last_step_before_success() => VerifyFix.Repairs(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                if (area.Offset != 0)
                    return Errno.EINVAL;
                area.Operations = _ops;
                {|MMAP1001:return Errno.None;|}
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                if (area.Offset != 0)
                    return Errno.EINVAL;
                area.Operations = _ops;
                // Open does not run for the first mapping: count it here.
                IncrementUseCount();
                return Errno.None;
            }
            """));

    [Fact]
    public Task The_second_action_calls_open() => VerifyFix.RepairsBy(
        "MMAP1001.InsertCall",
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                {|MMAP1001:return Errno.None;|}
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                // Open does not run for the first mapping: count it here.
                VmaOpen(area);
                return Errno.None;
            }
            """));

    [Fact]
    public Task A_blank_line_and_a_comment_stay_with_the_return() => VerifyFix.Repairs(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;

                // Everything is set up.
                {|MMAP1001:return Errno.None;|} // at last
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;

                // Open does not run for the first mapping: count it here.
                IncrementUseCount();

                // Everything is set up.
                return Errno.None; // at last
            }
            """));

    [Fact]
    public Task A_helper_that_may_fail_is_asked_first() => VerifyFix.Repairs(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                {|MMAP1001:return Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);|}
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                Errno error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
                if (error == Errno.None)
                {
                    // Open does not run for the first mapping: count it here.
                    IncrementUseCount();
                }

                return error;
            }
            """));

    [Fact]
    public Task A_local_that_is_returned_is_tested_itself() => VerifyFix.Repairs(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                var status = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
                area.Operations = _ops;
                {|MMAP1001:return status;|}
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                var status = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
                area.Operations = _ops;
                if (status == Errno.None)
                {
                    // Open does not run for the first mapping: count it here.
                    IncrementUseCount();
                }

                return status;
            }
            """));

    [Fact]
    public Task A_local_of_an_earlier_step_is_used_again() => VerifyFix.Repairs(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Errno error = Kernel.RemapPageRange(area.Start, area.Offset, 4096, area.PageProtection);
                if (error != Errno.None)
                {
                    return error;
                }

                area.Operations = _ops;
                {|MMAP1001:return Kernel.RemapPageRange(area.Start + 4096, area.Offset, 4096, area.PageProtection);|}
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Errno error = Kernel.RemapPageRange(area.Start, area.Offset, 4096, area.PageProtection);
                if (error != Errno.None)
                {
                    return error;
                }

                area.Operations = _ops;
                error = Kernel.RemapPageRange(area.Start + 4096, area.Offset, 4096, area.PageProtection);
                if (error == Errno.None)
                {
                    // Open does not run for the first mapping: count it here.
                    IncrementUseCount();
                }

                return error;
            }
            """));

    [Fact]
    public Task A_name_that_is_taken_gets_a_number() => VerifyFix.Repairs(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                const string error = "no offset";
                if (area.Offset != 0)
                {
                    Kernel.Printk(error);
                    return Errno.EINVAL;
                }

                area.Operations = _ops;
                {|MMAP1001:return area.Length == 0 ? Errno.EINVAL : Errno.None;|}
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                const string error = "no offset";
                if (area.Offset != 0)
                {
                    Kernel.Printk(error);
                    return Errno.EINVAL;
                }

                area.Operations = _ops;
                Errno error1 = area.Length == 0 ? Errno.EINVAL : Errno.None;
                if (error1 == Errno.None)
                {
                    // Open does not run for the first mapping: count it here.
                    IncrementUseCount();
                }

                return error1;
            }
            """));

    [Fact]
    public Task An_expression_body_becomes_a_block() => VerifyFix.Repairs(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area) => {|MMAP1001:Install(area)|};

            private Errno Install(VmArea area)
            {
                area.Operations = _ops;
                return Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Errno error = Install(area);
                if (error == Errno.None)
                {
                    // Open does not run for the first mapping: count it here.
                    IncrementUseCount();
                }

                return error;
            }

            private Errno Install(VmArea area)
            {
                area.Operations = _ops;
                return Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
            }
            """));

    [Fact]
    public Task A_return_without_braces_gets_them() => VerifyFix.Repairs(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                if (area.Offset == 0)
                    {|MMAP1001:return Errno.None;|} // done
                else
                    return Errno.EINVAL;
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                if (area.Offset == 0)
                {
                    // Open does not run for the first mapping: count it here.
                    IncrementUseCount();
                    return Errno.None; // done
                }
                else
                    return Errno.EINVAL;
            }
            """));

    [Fact]
    public Task A_return_on_the_line_of_its_if_gets_a_block() => VerifyFix.Repairs(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                if (area.Offset == 0) {|MMAP1001:return Errno.None;|}
                return Errno.EINVAL;
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                if (area.Offset == 0)
                {
                    // Open does not run for the first mapping: count it here.
                    IncrementUseCount();
                    return Errno.None;
                }
                return Errno.EINVAL;
            }
            """));

    [Fact]
    public Task A_case_on_one_line_is_broken_up() => VerifyFix.Repairs(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                switch (area.Offset)
                {
                    case 0: {|MMAP1001:return Errno.None;|}
                    default: return Errno.EINVAL;
                }
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                switch (area.Offset)
                {
                    case 0:
                        // Open does not run for the first mapping: count it here.
                        IncrementUseCount();
                        return Errno.None;
                    default: return Errno.EINVAL;
                }
            }
            """));

    [Fact]
    public Task A_lambda_on_one_line_is_unfolded() => VerifyFix.Repairs(
        """
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;

            public Driver() => _ops = new VmOperations { Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount() };

            protected override Errno Init()
            {
                return Kernel.RegisterCharDevice(60, "driver", new FileOperations
                {
                    Mmap = (inode, file, area) => { area.Operations = _ops; {|MMAP1001:return Errno.None;|} },
                });
            }
        }
        """,
        """
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;

            public Driver() => _ops = new VmOperations { Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount() };

            protected override Errno Init()
            {
                return Kernel.RegisterCharDevice(60, "driver", new FileOperations
                {
                    Mmap = (inode, file, area) =>
                    {
                        area.Operations = _ops;
                        // Open does not run for the first mapping: count it here.
                        IncrementUseCount();
                        return Errno.None;
                    },
                });
            }
        }
        """);

    [Fact]
    public Task A_counter_of_the_driver_s_own_is_counted_as_open_does_it() => VerifyFix.Repairs(
        """
        using System.Threading;

        public sealed class Driver : KernelModule
        {
            private static readonly VmOperations Ops = new() { Open = VmaOpen, Close = VmaClose };
            private static int s_areas;

            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            private static void VmaOpen(VmArea area) => Interlocked.Increment(ref s_areas);
            private static void VmaClose(VmArea area) => Interlocked.Decrement(ref s_areas);

            private static Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = Ops;
                {|MMAP1001:return Errno.None;|}
            }
        }
        """,
        """
        using System.Threading;

        public sealed class Driver : KernelModule
        {
            private static readonly VmOperations Ops = new() { Open = VmaOpen, Close = VmaClose };
            private static int s_areas;

            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            private static void VmaOpen(VmArea area) => Interlocked.Increment(ref s_areas);
            private static void VmaClose(VmArea area) => Interlocked.Decrement(ref s_areas);

            private static Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = Ops;
                // Open does not run for the first mapping: count it here.
                Interlocked.Increment(ref s_areas);
                return Errno.None;
            }
        }
        """);

    [Fact]
    public Task Tabs_braces_at_the_line_end_and_line_ends_are_kept() => VerifyFix.Repairs(
        Windows(
            """
            public sealed class Driver : KernelModule {
            	private readonly VmOperations _ops;
            	public Driver() { _ops = new VmOperations { Open = VmaOpen, Close = VmaClose }; }
            	protected override Errno Init() { return Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap }); }
            	private void VmaOpen(VmArea area) { IncrementUseCount(); }
            	private void VmaClose(VmArea area) { DecrementUseCount(); }
            	private Errno Mmap(Inode inode, OpenFile file, VmArea area) {
            		area.Operations = _ops;
            		if (area.Offset == 0)
            			{|MMAP1001:return Errno.None;|}
            		else
            			return Errno.EINVAL;
            	}
            }
            """),
        Windows(
            """
            public sealed class Driver : KernelModule {
            	private readonly VmOperations _ops;
            	public Driver() { _ops = new VmOperations { Open = VmaOpen, Close = VmaClose }; }
            	protected override Errno Init() { return Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap }); }
            	private void VmaOpen(VmArea area) { IncrementUseCount(); }
            	private void VmaClose(VmArea area) { DecrementUseCount(); }
            	private Errno Mmap(Inode inode, OpenFile file, VmArea area) {
            		area.Operations = _ops;
            		if (area.Offset == 0) {
            			// Open does not run for the first mapping: count it here.
            			IncrementUseCount();
            			return Errno.None;
            		} else
            			return Errno.EINVAL;
            	}
            }
            """));

    [Fact]
    public Task Two_success_exits_are_repaired_together() => VerifyFix.Repairs(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                if (area.Offset == 0)
                {
                    {|MMAP1001:return Errno.None;|}
                }

                Kernel.Printk("mapped");
                {|MMAP1001:return Errno.None;|}
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                if (area.Offset == 0)
                {
                    // Open does not run for the first mapping: count it here.
                    IncrementUseCount();
                    return Errno.None;
                }

                Kernel.Printk("mapped");
                // Open does not run for the first mapping: count it here.
                IncrementUseCount();
                return Errno.None;
            }
            """));

    [Fact]
    public Task Two_files_are_repaired_together() => VerifyFix.Repairs(
        [Mapping("First", "{|MMAP1001:return Errno.None;|}"), Mapping("Second", "{|MMAP1001:return Errno.None;|}")],
        [Mapping("First", Counted), Mapping("Second", Counted)]);

    [Fact]
    public Task The_count_and_the_inode_of_one_mmap_are_repaired_together() => VerifyFix.RepairsWith<MMAP1005TransferredNotCountedCodeFix>(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                {|MMAP1005:area.Inode = inode|};
                {|MMAP1001:return Errno.None;|}
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                area.Inode = inode;
                inode.Get();
                // Open does not run for the first mapping: count it here.
                IncrementUseCount();
                return Errno.None;
            }
            """));

    [Fact]
    public Task An_exit_beside_one_that_counts_is_repaired() => VerifyFix.Repairs(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                if (area.Offset == 0)
                {
                    IncrementUseCount();
                    return Errno.None;
                }

                {|MMAP1001:return Errno.None;|}
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                if (area.Offset == 0)
                {
                    IncrementUseCount();
                    return Errno.None;
                }

                // Open does not run for the first mapping: count it here.
                IncrementUseCount();

                return Errno.None;
            }
            """));

    [Fact]
    public Task A_case_beside_one_that_counts_is_repaired() => VerifyFix.Repairs(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                switch (inode.Minor)
                {
                    case 0:
                        IncrementUseCount();
                        return Errno.None;
                    default:
                        {|MMAP1001:return Errno.None;|}
                }
            }
            """),
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                switch (inode.Minor)
                {
                    case 0:
                        IncrementUseCount();
                        return Errno.None;
                    default:
                        // Open does not run for the first mapping: count it here.
                        IncrementUseCount();
                        return Errno.None;
                }
            }
            """));

    [Fact]
    public Task Nothing_is_offered_where_a_case_that_has_counted_goes_on_to_the_exit() => VerifyFix.OffersNothing(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                switch (inode.Minor)
                {
                    case 0:
                        IncrementUseCount();
                        break;
                    case 1:
                        return Errno.ENXIO;
                }

                {|MMAP1001:return Errno.None;|}
            }
            """));

    [Fact]
    public Task Only_what_is_missing_is_counted_even_if_open_is_there_to_be_called() => VerifyFix.OffersNothingBy(
        "MMAP1001.InsertCall",
        """
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;
            private int _areas;

            public Driver() => _ops = new VmOperations { Open = VmaOpen, Close = VmaClose };

            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });

            private void VmaOpen(VmArea area)
            {
                _areas++;
                IncrementUseCount();
            }

            private void VmaClose(VmArea area)
            {
                _areas--;
                DecrementUseCount();
            }

            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                IncrementUseCount();
                {|MMAP1001:return Errno.None;|}
            }
        }
        """);

    [Fact]
    public Task Nothing_is_offered_where_another_path_to_the_exit_has_counted() => VerifyFix.OffersNothing(
        Drivers.Counting(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                if (area.Offset == 0)
                    IncrementUseCount();
                {|MMAP1001:return Errno.None;|}
            }
            """));

    [Fact]
    public Task Nothing_is_offered_where_the_count_is_out_of_reach() => VerifyFix.OffersNothing(
        """
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;

            public Driver() => _ops = new VmOperations { Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount() };

            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = new Mapper(_ops).Mmap });
        }

        public sealed class Mapper(VmOperations ops)
        {
            private readonly VmOperations _ops = ops;

            public Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                {|MMAP1001:return Errno.None;|}
            }
        }
        """);

    private const string Counted =
        """
        // Open does not run for the first mapping: count it here.
                IncrementUseCount();
                return Errno.None;
        """;

    private static string Windows(string text) => text.Replace("\n", "\r\n");

    private static string Mapping(string name, string exit) =>
        $$"""
        public sealed class {{name}} : KernelModule
        {
            private readonly VmOperations _ops;

            public {{name}}() => _ops = new VmOperations { Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount() };

            protected override Errno Init() => Kernel.RegisterCharDevice(60, "{{name}}", new FileOperations { Mmap = Mmap });

            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                {{exit}}
            }
        }
        """;
}
