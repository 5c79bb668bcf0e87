using MmapAnalyzers.Tests.Verification;
using VerifyFix = MmapAnalyzers.Tests.Verification.VerifyFix<MmapAnalyzers.CodeFixes.MMAP1005TransferredNotCountedCodeFix>;

namespace MmapAnalyzers.Tests.Fixes;

public sealed class MMAP1005FixTests
{
    [Fact]
    public Task The_reference_is_taken_right_after_it_is_handed_over() => VerifyFix.Repairs(
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                {|MMAP1005:area.Inode = inode|}; // for the core
                return Errno.None;
            }
            """),
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Inode = inode; // for the core
                inode.Get();
                return Errno.None;
            }
            """));

    [Fact]
    public Task A_line_of_several_statements_stays_one() => VerifyFix.Repairs(
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area) { {|MMAP1005:area.Inode = inode|}; return Errno.None; }
            """),
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area) { area.Inode = inode; inode.Get(); return Errno.None; }
            """));

    [Fact]
    public Task An_assignment_without_braces_gets_them() => VerifyFix.Repairs(
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                if (area.Inode is null)
                    {|MMAP1005:area.Inode = inode|};
                return Errno.None;
            }
            """),
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                if (area.Inode is null)
                {
                    area.Inode = inode;
                    inode.Get();
                }
                return Errno.None;
            }
            """));

    [Fact]
    public Task A_chained_assignment_is_followed_by_the_count() => VerifyFix.Repairs(
        Drivers.Plain(
            """
            private Inode? _last;

            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                _last = {|MMAP1005:area.Inode = inode|};
                return Errno.None;
            }
            """),
        Drivers.Plain(
            """
            private Inode? _last;

            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                _last = area.Inode = inode;
                inode.Get();
                return Errno.None;
            }
            """));

    [Fact]
    public Task A_value_that_may_be_null_is_counted_only_if_it_is_not() => VerifyFix.Repairs(
        WithNullable(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Inode? shared = area.Offset == 0 ? inode : null;
                {|MMAP1005:area.Inode = shared|};
                return Errno.None;
            }
            """),
        WithNullable(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Inode? shared = area.Offset == 0 ? inode : null;
                area.Inode = shared;
                shared?.Get();
                return Errno.None;
            }
            """));

    [Fact]
    public Task A_local_is_counted_under_its_own_name() => VerifyFix.Repairs(
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                var memory = Kernel.FindInode("/dev/memory");
                if (memory is null)
                    return Errno.ENODEV;
                {|MMAP1005:area.Inode = memory|};
                return Errno.None;
            }
            """),
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                var memory = Kernel.FindInode("/dev/memory");
                if (memory is null)
                    return Errno.ENODEV;
                area.Inode = memory;
                memory.Get();
                return Errno.None;
            }
            """));

    [Fact]
    public Task A_helper_that_always_hands_over_is_followed_by_the_count() => VerifyFix.Repairs(
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                {|MMAP1005:Attach(area, inode)|};
                return Errno.None;
            }

            private static void Attach(VmArea area, Inode inode) => area.Inode = inode;
            """),
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Attach(area, inode);
                inode.Get();
                return Errno.None;
            }

            private static void Attach(VmArea area, Inode inode) => area.Inode = inode;
            """));

    [Fact]
    public Task A_helper_that_may_refuse_is_asked_before_its_result_is_returned() => VerifyFix.Repairs(
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                return {|MMAP1005:Attach(area, inode)|};
            }

            {{Attach}}
            """),
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Errno error = Attach(area, inode);
                if (error == Errno.None)
                {
                    inode.Get();
                }

                return error;
            }

            {{Attach}}
            """));

    [Fact]
    public Task An_expression_body_that_calls_such_a_helper_becomes_a_block() => VerifyFix.Repairs(
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area) => {|MMAP1005:Attach(area, inode)|};

            {{Attach}}
            """),
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Errno error = Attach(area, inode);
                if (error == Errno.None)
                {
                    inode.Get();
                }

                return error;
            }

            {{Attach}}
            """));

    [Fact]
    public Task The_count_follows_the_test_of_the_helper_s_result() => VerifyFix.Repairs(
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                if ({|MMAP1005:Attach(area, inode)|} != Errno.None)
                {
                    return Errno.EAGAIN;
                }

                return Errno.None;
            }

            {{Attach}}
            """),
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                if (Attach(area, inode) != Errno.None)
                {
                    return Errno.EAGAIN;
                }

                inode.Get();

                return Errno.None;
            }

            {{Attach}}
            """));

    [Fact]
    public Task The_count_follows_the_test_of_the_local_that_holds_the_result() => VerifyFix.Repairs(
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Errno error = {|MMAP1005:Attach(area, inode)|};
                if (error != Errno.None)
                    return error;
                return Errno.None;
            }

            {{Attach}}
            """),
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Errno error = Attach(area, inode);
                if (error != Errno.None)
                    return error;
                inode.Get();
                return Errno.None;
            }

            {{Attach}}
            """));

    [Fact]
    public Task Two_assignments_in_one_file_and_one_in_another_are_repaired_together() => VerifyFix.Repairs(
        [
            Mapping("First", "if (area.Offset == 0) { {|MMAP1005:area.Inode = inode|}; return Errno.None; }\n        {|MMAP1005:area.Inode = inode|};"),
            Mapping("Second", "{|MMAP1005:area.Inode = inode|};"),
        ],
        [
            Mapping("First", "if (area.Offset == 0) { area.Inode = inode; inode.Get(); return Errno.None; }\n        area.Inode = inode;\n        inode.Get();"),
            Mapping("Second", "area.Inode = inode;\n        inode.Get();"),
        ]);

    [Fact]
    public Task Nothing_is_offered_for_a_value_without_a_name() => VerifyFix.OffersNothing(
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                {|MMAP1005:area.Inode = Kernel.FindInode("/dev/driver")|};
                return Errno.None;
            }
            """));

    [Fact]
    public Task Nothing_is_offered_where_only_some_paths_hand_over() => VerifyFix.OffersNothing(
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                {|MMAP1005:area.Inode = area.Offset == 0 ? inode : null|};
                return Errno.None;
            }
            """));

    [Fact]
    public Task Nothing_is_offered_for_a_helper_that_does_not_say_whether_it_handed_over() => VerifyFix.OffersNothing(
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                {|MMAP1005:Attach(area, inode)|};
                return Errno.None;
            }

            private static void Attach(VmArea area, Inode inode)
            {
                if (area.Offset == 0)
                {
                    area.Inode = inode;
                }
            }
            """));

    private const string Attach =
        """
        private static Errno Attach(VmArea area, Inode inode)
        {
            if (area.Offset != 0)
                return Errno.EINVAL;
            area.Inode = inode;
            return Errno.None;
        }
        """;

    private static string WithNullable(string mmap) => "#nullable enable\n" + Drivers.Plain(mmap);

    private static string Mapping(string name, string statements) =>
        $$"""
        public sealed class {{name}} : KernelModule
        {
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "{{name}}", new FileOperations { Mmap = Mmap });

            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                {{statements}}
                return Errno.None;
            }
        }
        """;
}
