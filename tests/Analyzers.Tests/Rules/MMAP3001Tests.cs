using System.Globalization;
using Microsoft.CodeAnalysis;
using MmapAnalyzers.Tests.Verification;
using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP3001Tests
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
    public Task The_result_is_dropped() => Verify.Reports(Driver(
        """
        {|MMAP3001:Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection)|};
        return Errno.None;
        """));

    [Fact]
    public Task A_discard_is_not_a_look() => Verify.Reports(Driver(
        """
        _ = {|MMAP3001:Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection)|};
        return Errno.None;
        """));

    [Fact]
    public Task A_variable_is_never_read() => Verify.Reports(Driver(
        """
        Errno error = {|MMAP3001:Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection)|};
        return Errno.None;
        """));

    [Fact]
    public Task Overwritten_by_the_next_call() => Verify.Reports(Driver(
        """
        Errno error = {|MMAP3001:Kernel.RemapPageRange(area.Start, 0, 4096, area.PageProtection)|};
        error = Kernel.RemapPageRange(area.Start + 4096, 8192, 4096, area.PageProtection);
        return error;
        """));

    [Fact]
    public Task Overwritten_in_every_round_but_the_last() => Verify.Reports(Driver(
        """
        Errno error = Errno.None;
        for (ulong at = 0; at < area.Length; at += 4096)
            error = {|MMAP3001:Kernel.RemapPageRange(area.Start + at, area.Offset + at, 4096, area.PageProtection)|};
        return error;
        """));

    [Fact]
    public Task Overwritten_while_a_list_of_windows_is_mapped() => Verify.Reports(Driver(
        """
        Errno error = Errno.None;
        foreach (ulong window in _windows)
            error = {|MMAP3001:Kernel.RemapPageRange(area.Start, window, 4096, area.PageProtection)|};
        return error;
        """,
        """
        private readonly ulong[] _windows = new ulong[] { 0, 0x1000 };
        """));

    [Fact]
    public Task Looked_at_on_one_path_only() => Verify.Reports(Driver(
        """
        Errno error = {|MMAP3001:Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection)|};
        if (file.CanWrite && error != Errno.None)
            return error;
        return Errno.None;
        """));

    [Fact]
    public Task Read_only_after_an_exception() => Verify.Reports(Driver(
        """
        Errno error = {|MMAP3001:Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection)|};
        try
        {
            Kernel.Printk("mapped");
        }
        catch (InvalidOperationException)
        {
            return error;
        }
        return Errno.None;
        """));

    [Fact]
    public Task A_helper_that_returns_it_is_not_listened_to() => Verify.Reports(Driver(
        """
        {|MMAP3001:Map(area)|};
        return Errno.None;
        """,
        """
        private Errno Map(VmArea area) => Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
        """));

    [Fact]
    public Task A_helper_that_translates_it_is_not_listened_to() => Verify.Reports(Driver(
        """
        {|MMAP3001:Map(area)|};
        return Errno.None;
        """,
        """
        private Errno Map(VmArea area)
        {
            if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
                return Errno.EAGAIN;
            return Errno.None;
        }
        """));

    [Fact]
    public Task A_helper_that_says_yes_or_no_is_not_listened_to() => Verify.Reports(Driver(
        """
        {|MMAP3001:TryMap(area)|};
        return Errno.None;
        """,
        """
        private bool TryMap(VmArea area) => Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) == Errno.None;
        """));

    [Fact]
    public Task A_void_helper_drops_it() => Verify.Reports(Driver(
        """
        Map(area);
        return Errno.None;
        """,
        """
        private void Map(VmArea area)
        {
            {|MMAP3001:Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection)|};
        }
        """));

    [Fact]
    public Task A_lambda_drops_it() => Verify.Reports(Driver(
        """
        Action map = () => {|MMAP3001:Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection)|};
        map();
        return Errno.None;
        """));

    [Fact]
    public Task The_second_of_two_calls_is_dropped() => Verify.Reports(Driver(
        """
        if (Kernel.RemapPageRange(area.Start, 0, 4096, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        {|MMAP3001:Kernel.RemapPageRange(area.Start + 4096, 8192, 4096, area.PageProtection)|};
        return Errno.None;
        """));

    [Fact]
    public Task Compared_at_once() => Verify.Clean(Driver(
        """
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        return Errno.None;
        """));

    [Fact]
    public Task Compared_by_a_pattern() => Verify.Clean(Driver(
        """
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) is not Errno.None)
            return Errno.EAGAIN;
        return Errno.None;
        """));

    [Fact]
    public Task Returned_as_it_is() => Verify.Clean(Driver(
        """
        return Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
        """));

    [Fact]
    public Task Returned_through_a_variable() => Verify.Clean(Driver(
        """
        Errno error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
        return error;
        """));

    [Fact]
    public Task Assigned_in_the_condition() => Verify.Clean(Driver(
        """
        Errno error;
        if ((error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection)) != Errno.None)
            return error;
        return Errno.None;
        """));

    [Fact]
    public Task Collected_over_a_loop() => Verify.Clean(Driver(
        """
        Errno error = Errno.None;
        for (ulong at = 0; at < area.Length; at += 4096)
            error |= Kernel.RemapPageRange(area.Start + at, area.Offset + at, 4096, area.PageProtection);
        return error != Errno.None ? Errno.EAGAIN : Errno.None;
        """));

    [Fact]
    public Task Failures_are_counted_over_a_loop() => Verify.Clean(Driver(
        """
        int failures = 0;
        for (ulong at = 0; at < area.Length; at += 4096)
        {
            if (Kernel.RemapPageRange(area.Start + at, area.Offset + at, 4096, area.PageProtection) != Errno.None)
                failures++;
        }
        return failures > 0 ? Errno.EAGAIN : Errno.None;
        """));

    [Fact]
    public Task The_loop_s_condition_looks_and_the_end_looks_again() => Verify.Clean(Driver(
        """
        Errno error = Errno.None;
        for (ulong at = 0; at < area.Length && error == Errno.None; at += 4096)
            error = Kernel.RemapPageRange(area.Start + at, area.Offset + at, 4096, area.PageProtection);
        return error;
        """));

    [Fact]
    public Task The_loop_breaks_off_at_the_first_failure() => Verify.Clean(Driver(
        """
        Errno error = Errno.None;
        foreach (ulong window in _windows)
        {
            error = Kernel.RemapPageRange(area.Start, window, 4096, area.PageProtection);
            if (error != Errno.None)
                break;
        }
        return error;
        """,
        """
        private readonly ulong[] _windows = new ulong[] { 0, 0x1000 };
        """));

    [Fact]
    public Task Tried_again_until_it_works() => Verify.Clean(Driver(
        """
        int tries = 0;
        Errno error;
        do
        {
            error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
        }
        while (error != Errno.None && ++tries < 3);
        return error;
        """));

    [Fact]
    public Task A_switch_statement_looks() => Verify.Clean(Driver(
        """
        switch (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection))
        {
            case Errno.None:
                return Errno.None;
            case Errno.ENOMEM:
                return Errno.EAGAIN;
            default:
                return Errno.EINVAL;
        }
        """));

    [Fact]
    public Task A_helper_looks() => Verify.Clean(Driver(
        """
        if (Failed(Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection)))
            return Errno.EAGAIN;
        return Errno.None;
        """,
        """
        private static bool Failed(Errno error) => error != Errno.None;
        """));

    [Fact]
    public Task A_helper_logs_the_failure_itself() => Verify.Clean(Driver(
        """
        Map(area);
        return Errno.None;
        """,
        """
        private void Map(VmArea area)
        {
            if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
                Kernel.Printk("not mapped");
        }
        """));

    [Fact]
    public Task An_out_parameter_hands_it_on() => Verify.Clean(Driver(
        """
        if (!TryMap(area, out Errno error))
            return error;
        return Errno.None;
        """,
        """
        private bool TryMap(VmArea area, out Errno error)
        {
            error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
            return error == Errno.None;
        }
        """));

    [Fact]
    public Task A_tuple_hands_it_on() => Verify.Clean(Driver(
        """
        var (mapped, error) = Map(area);
        return mapped ? Errno.None : error;
        """,
        """
        private (bool, Errno) Map(VmArea area)
        {
            Errno error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
            return (error == Errno.None, error);
        }
        """));

    [Fact]
    public Task A_field_keeps_it() => Verify.Clean(Driver(
        """
        _last = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
        return Errno.None;
        """,
        """
        private Errno _last;
        internal bool Failed => _last != Errno.None;
        """));

    [Fact]
    public Task A_local_function_captures_it() => Verify.Clean(Driver(
        """
        Errno error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
        bool Failed() => error != Errno.None;
        return Failed() ? Errno.EAGAIN : Errno.None;
        """));

    [Fact]
    public Task A_finally_block_looks() => Verify.Clean(Driver(
        """
        Errno error = Errno.None;
        try
        {
            error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
        }
        finally
        {
            if (error != Errno.None)
                Kernel.Printk("not mapped");
        }
        return Errno.None;
        """));

    [Fact]
    public Task A_list_collects_the_results() => Verify.Clean(Driver(
        """
        var results = new List<Errno>();
        for (ulong at = 0; at < area.Length; at += 4096)
            results.Add(Kernel.RemapPageRange(area.Start + at, area.Offset + at, 4096, area.PageProtection));
        return results.Any(error => error != Errno.None) ? Errno.EAGAIN : Errno.None;
        """));

    [Fact]
    public Task A_reference_parameter_goes_through_the_steps() => Verify.Clean(Driver(
        """
        Errno error = Errno.None;
        Step(ref error, area, 0);
        Step(ref error, area, 4096);
        return error;
        """,
        """
        private void Step(ref Errno error, VmArea area, ulong at)
        {
            if (error == Errno.None)
                error = Kernel.RemapPageRange(area.Start + at, area.Offset + at, 4096, area.PageProtection);
        }
        """));

    [Fact]
    public Task A_second_window_is_tried_where_the_first_fails() => Verify.Clean(Driver(
        """
        Errno error = Kernel.RemapPageRange(area.Start, 0xe0000000, area.Length, area.PageProtection);
        if (error != Errno.None)
            error = Kernel.RemapPageRange(area.Start, 0xe8000000, area.Length, area.PageProtection);
        return error;
        """));

    [Fact]
    public async Task The_message_names_the_call_and_the_exit()
    {
        Diagnostic found = Assert.Single(await Analysis.Of(Driver(
            """
            Errno error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
            if (file.CanWrite && error != Errno.None)
                return error;
            return Errno.None;
            """)));
        Assert.Equal(
            "The result of 'RemapPageRange' is not looked at on the path that leaves with 'Errno.None': when it fails, the caller goes on as if it had done its work",
            found.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(
            [
                "Errno.None",
            ],
            Analysis.Story(found));
    }
}
