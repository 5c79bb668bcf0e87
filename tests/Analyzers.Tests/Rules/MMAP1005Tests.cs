using System.Globalization;
using Microsoft.CodeAnalysis;
using MmapAnalyzers.Tests.Verification;
using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP1005Tests
{
    /// <summary>A driver around the body of mmap; its areas have no table of methods.</summary>
    private static string Driver(string mmap, string members = "") =>
        $$"""
        public sealed class Driver : KernelModule
        {
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            {{members}}
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                {{mmap}}
            }
        }
        """;

    [Fact]
    public Task The_inode_is_set_and_never_counted() => Verify.Reports(Driver(
        """
        {|MMAP1005:area.Inode = inode|};
        return Errno.None;
        """));

    [Fact]
    public Task Counted_on_one_branch_only() => Verify.Reports(Driver(
        """
        if (file.CanWrite)
            inode.Get();
        {|MMAP1005:area.Inode = inode|};
        return Errno.None;
        """));

    [Fact]
    public Task Counted_and_put_again() => Verify.Reports(Driver(
        """
        {|MMAP1005:area.Inode = inode|};
        inode.Get();
        inode.Put();
        return Errno.None;
        """));

    [Fact]
    public Task Another_inode_than_the_argument_is_set() => Verify.Reports(Driver(
        """
        Inode? memory = Kernel.FindInode("/dev/mem");
        if (memory is null)
            return Errno.ENODEV;
        {|MMAP1005:area.Inode = memory|};
        return Errno.None;
        """));

    [Fact]
    public Task The_file_s_inode_is_set() => Verify.Reports(Driver(
        """
        {|MMAP1005:area.Inode = file.Inode|};
        return Errno.None;
        """));

    [Fact]
    public Task A_static_helper_sets_it() => Verify.Reports(Driver(
        """
        {|MMAP1005:Keep(area, inode)|};
        return Errno.None;
        """,
        """
        private static void Keep(VmArea area, Inode inode) => area.Inode = inode;
        """));

    [Fact]
    public Task An_alias_of_the_area_gets_it() => Verify.Reports(Driver(
        """
        VmArea alias = area;
        {|MMAP1005:alias.Inode = inode|};
        return Errno.None;
        """));

    [Fact]
    public Task An_alias_of_the_inode_is_set() => Verify.Reports(Driver(
        """
        Inode node = inode;
        {|MMAP1005:area.Inode = node|};
        return Errno.None;
        """));

    [Fact]
    public Task A_tuple_carries_both() => Verify.Reports(Driver(
        """
        var (target, node) = (area, inode);
        {|MMAP1005:target.Inode = node|};
        return Errno.None;
        """));

    [Fact]
    public Task A_conditional_inode_is_set() => Verify.Reports(Driver(
        """
        Inode node = area.Offset == 0 ? inode : file.Inode;
        {|MMAP1005:area.Inode = node|};
        return Errno.None;
        """));

    [Fact]
    public Task Set_first_and_a_later_step_succeeds() => Verify.Reports(Driver(
        """
        {|MMAP1005:area.Inode = inode|};
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        return Errno.None;
        """));

    [Fact]
    public Task The_reference_is_given_back_in_finally() => Verify.Reports(Driver(
        """
        inode.Get();
        try
        {
            {|MMAP1005:area.Inode = inode|};
            return Errno.None;
        }
        finally
        {
            inode.Put();
        }
        """));

    [Fact]
    public Task One_case_of_a_switch_forgets() => Verify.Reports(Driver(
        """
        switch (inode.Minor)
        {
            case 0:
                area.Inode = inode;
                inode.Get();
                return Errno.None;
            case 1:
                {|MMAP1005:area.Inode = inode|};
                return Errno.None;
            default:
                return Errno.ENXIO;
        }
        """));

    [Fact]
    public Task Counted_before() => Verify.Clean(Driver(
        """
        inode.Get();
        area.Inode = inode;
        return Errno.None;
        """));

    [Fact]
    public Task Counted_behind() => Verify.Clean(Driver(
        """
        area.Inode = inode;
        inode.Get();
        return Errno.None;
        """));

    [Fact]
    public Task Counted_through_the_area() => Verify.Clean(Driver(
        """
        area.Inode = inode;
        area.Inode.Get();
        return Errno.None;
        """));

    [Fact]
    public Task Counted_through_the_area_if_it_has_one() => Verify.Clean(Driver(
        """
        area.Inode = inode;
        area.Inode?.Get();
        return Errno.None;
        """));

    [Fact]
    public Task Counted_through_another_name() => Verify.Clean(Driver(
        """
        Inode node = inode;
        area.Inode = node;
        inode.Get();
        return Errno.None;
        """));

    [Fact]
    public Task Counted_by_the_helper_that_returns_it() => Verify.Clean(Driver(
        """
        area.Inode = Held(inode);
        return Errno.None;
        """,
        """
        private static Inode Held(Inode inode) { inode.Get(); return inode; }
        """));

    [Fact]
    public Task Counted_by_the_helper_that_sets_it() => Verify.Clean(Driver(
        """
        Keep(area, inode);
        return Errno.None;
        """,
        """
        private static void Keep(VmArea area, Inode inode) { inode.Get(); area.Inode = inode; }
        """));

    [Fact]
    public Task Set_and_counted_on_the_same_branch() => Verify.Clean(Driver(
        """
        if (area.Offset == 0)
        {
            area.Inode = inode;
            inode.Get();
        }
        return Errno.None;
        """));

    [Fact]
    public Task Set_and_counted_under_the_same_condition() => Verify.Clean(Driver(
        """
        if (area.Offset == 0)
            inode.Get();
        if (area.Offset == 0)
            area.Inode = inode;
        return Errno.None;
        """));

    [Fact]
    public Task An_error_exit_owes_no_reference() => Verify.Clean(Driver(
        """
        area.Inode = inode;
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        inode.Get();
        return Errno.None;
        """));

    [Fact]
    public Task A_failed_step_puts_it_back() => Verify.Clean(Driver(
        """
        inode.Get();
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
        {
            inode.Put();
            return Errno.EAGAIN;
        }
        area.Inode = inode;
        return Errno.None;
        """));

    [Fact]
    public Task Two_references_are_taken_and_one_is_put() => Verify.Clean(Driver(
        """
        inode.Get();
        inode.Get();
        inode.Put();
        area.Inode = inode;
        return Errno.None;
        """));

    [Fact]
    public Task Null_needs_no_reference() => Verify.Clean(Driver(
        """
        area.Inode = null;
        return Errno.None;
        """));

    [Fact]
    public Task Set_and_taken_back() => Verify.Clean(Driver(
        """
        area.Inode = inode;
        area.Inode = null;
        return Errno.None;
        """));

    [Fact]
    public Task The_file_s_inode_is_counted_as_the_argument() => Verify.Clean(Driver(
        """
        area.Inode = file.Inode;
        file.Inode.Get();
        return Errno.None;
        """));

    [Fact]
    public Task An_inode_that_was_looked_up_is_counted() => Verify.Clean(Driver(
        """
        Inode? memory = Kernel.FindInode("/dev/mem");
        if (memory is null)
            return Errno.ENODEV;
        area.Inode = memory;
        memory.Get();
        return Errno.None;
        """));

    [Fact]
    public Task An_unknown_callee_may_count() => Verify.Clean(Driver(
        """
        area.Inode = inode;
        dynamic held = inode;
        held.Get();
        return Errno.None;
        """));

    [Fact]
    public Task A_conditional_inode_is_counted() => Verify.Clean(Driver(
        """
        Inode node = area.Offset == 0 ? inode : file.Inode;
        area.Inode = node;
        node.Get();
        return Errno.None;
        """));

    [Fact]
    public Task The_driver_keeps_one_and_the_area_gets_one() => Verify.Clean(Driver(
        """
        inode.Get();
        _inode = inode;
        inode.Get();
        area.Inode = inode;
        return Errno.None;
        """,
        """
        private Inode? _inode;
        """));

    [Fact]
    public async Task The_message_names_the_inode_and_the_path()
    {
        Diagnostic found = Assert.Single(await Analysis.Of(Driver(
            """
            if (file.CanWrite)
                inode.Get();
            area.Inode = inode;
            return Errno.None;
            """)));
        Assert.Equal(
            "'inode' is given away here but no 'inode' reference is taken for it when 'file.CanWrite' is false; "
            + "the one who receives it gives one back when the mapping goes",
            found.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(
            [
                "file.CanWrite",
                "Errno.None",
            ],
            Analysis.Story(found));
    }
}
