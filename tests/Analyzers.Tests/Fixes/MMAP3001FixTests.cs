using MmapAnalyzers.Tests.Verification;
using VerifyFix = MmapAnalyzers.Tests.Verification.VerifyFix<MmapAnalyzers.CodeFixes.MMAP3001ResultIgnoredCodeFix>;

namespace MmapAnalyzers.Tests.Fixes;

public sealed class MMAP3001FixTests
{
    private const string Remap = "Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection)";

    [Fact]
    public Task A_dropped_result_is_kept_tested_and_returned() => VerifyFix.Repairs(
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                {|MMAP3001:{{Remap}}|}; // all of it
                return Errno.None;
            }
            """),
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Errno error = {{Remap}}; // all of it
                if (error != Errno.None)
                {
                    return error;
                }

                return Errno.None;
            }
            """));

    [Fact]
    public Task A_discarded_result_is_kept_too() => VerifyFix.Repairs(
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                _ = {|MMAP3001:{{Remap}}|};
                return Errno.None;
            }
            """),
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Errno error = {{Remap}};
                if (error != Errno.None)
                {
                    return error;
                }

                return Errno.None;
            }
            """));

    [Fact]
    public Task A_local_that_is_never_looked_at_is_tested() => VerifyFix.Repairs(
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                var status = {|MMAP3001:{{Remap}}|};
                return Errno.None;
            }
            """),
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                var status = {{Remap}};
                if (status != Errno.None)
                {
                    return status;
                }

                return Errno.None;
            }
            """));

    [Fact]
    public Task A_result_that_is_overwritten_is_tested_before() => VerifyFix.Repairs(
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Errno error;
                error = {|MMAP3001:{{Remap}}|};
                error = {{Remap}};
                return error;
            }
            """),
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Errno error;
                error = {{Remap}};
                if (error != Errno.None)
                {
                    return error;
                }

                error = {{Remap}};
                return error;
            }
            """));

    [Fact]
    public Task The_file_s_own_way_of_writing_tests_is_followed() => VerifyFix.Repairs(
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                var size = area.Length;
                if (size == 0) return Errno.EINVAL;
                {|MMAP3001:{{Remap}}|};
                return Errno.None;
            }
            """),
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                var size = area.Length;
                if (size == 0) return Errno.EINVAL;
                var error = {{Remap}};
                if (error != Errno.None) return error;
                return Errno.None;
            }
            """));

    [Fact]
    public Task A_function_that_answers_yes_or_no_answers_no() => VerifyFix.Repairs(
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area) => TryMap(area) ? Errno.None : Errno.EAGAIN;

            private bool TryMap(VmArea area)
            {
                {|MMAP3001:{{Remap}}|};
                return true;
            }
            """),
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area) => TryMap(area) ? Errno.None : Errno.EAGAIN;

            private bool TryMap(VmArea area)
            {
                if ({{Remap}} != Errno.None)
                {
                    return false;
                }

                return true;
            }
            """));

    [Fact]
    public Task A_call_in_a_loop_without_braces_gets_a_block() => VerifyFix.Repairs(
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                for (ulong at = 0; at < area.Length; at += 4096)
                    {|MMAP3001:Kernel.RemapPageRange(area.Start + at, area.Offset + at, 4096, area.PageProtection)|};
                return Errno.None;
            }
            """),
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                for (ulong at = 0; at < area.Length; at += 4096)
                {
                    Errno error = Kernel.RemapPageRange(area.Start + at, area.Offset + at, 4096, area.PageProtection);
                    if (error != Errno.None)
                    {
                        return error;
                    }
                }
                return Errno.None;
            }
            """));

    [Fact]
    public Task A_call_of_several_lines_keeps_them() => VerifyFix.Repairs(
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                // The device, from its first byte on.
                {|MMAP3001:Kernel.RemapPageRange(|}
                    area.Start, area.Offset,
                    area.Length, area.PageProtection);

                area.Flags |= VmFlags.Locked;
                return Errno.None;
            }
            """),
        Drivers.Plain(
            """
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                // The device, from its first byte on.
                Errno error = Kernel.RemapPageRange(
                    area.Start, area.Offset,
                    area.Length, area.PageProtection);
                if (error != Errno.None)
                {
                    return error;
                }

                area.Flags |= VmFlags.Locked;
                return Errno.None;
            }
            """));

    [Fact]
    public Task A_lambda_on_one_line_is_unfolded() => VerifyFix.Repairs(
        Drivers.Table(
            $$"""
            public FileOperations Create() => new() { Mmap = (inode, file, area) => { {|MMAP3001:{{Remap}}|}; return Errno.None; } };
            """),
        Drivers.Table(
            $$"""
            public FileOperations Create() => new() { Mmap = (inode, file, area) =>
            {
                Errno error = {{Remap}};
                if (error != Errno.None)
                {
                    return error;
                }

                return Errno.None;
            } };
            """));

    [Fact]
    public Task Calls_in_a_row_share_the_local_and_others_do_not() => VerifyFix.Repairs(
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                {|MMAP3001:{{Remap}}|};
                {|MMAP3001:{{Remap}}|};
                while (area.Offset > 0)
                {
                    {|MMAP3001:{{Remap}}|};
                }

                return Errno.None;
            }
            """),
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Errno error = {{Remap}};
                if (error != Errno.None)
                {
                    return error;
                }

                error = {{Remap}};
                if (error != Errno.None)
                {
                    return error;
                }

                while (area.Offset > 0)
                {
                    Errno error1 = {{Remap}};
                    if (error1 != Errno.None)
                    {
                        return error1;
                    }
                }

                return Errno.None;
            }
            """));

    [Fact]
    public Task Two_files_are_repaired_together() => VerifyFix.Repairs(
        [Mapping("First", $"{{|MMAP3001:{Remap}|}};"), Mapping("Second", $"_ = {{|MMAP3001:{Remap}|}};")],
        [Mapping("First", Tested), Mapping("Second", Tested)]);

    [Fact]
    public Task A_type_under_another_name_keeps_that_name() => VerifyFix.Repairs(
        $$"""
        using Error = MmapAnalyzers.Runtime.Vm.Errno;

        public abstract class Driver : KernelModule
        {
            private enum Errno;

            public FileOperations Create() => new() { Mmap = Mmap };

            private Error Mmap(Inode inode, OpenFile file, VmArea area)
            {
                {|MMAP3001:{{Remap}}|};
                return Error.None;
            }
        }
        """,
        $$"""
        using Error = MmapAnalyzers.Runtime.Vm.Errno;

        public abstract class Driver : KernelModule
        {
            private enum Errno;

            public FileOperations Create() => new() { Mmap = Mmap };

            private Error Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Error error = {{Remap}};
                if (error != Error.None)
                {
                    return error;
                }

                return Error.None;
            }
        }
        """);

    [Fact]
    public Task Nothing_is_offered_in_a_function_that_cannot_say_that_it_failed() => VerifyFix.OffersNothing(
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                Map(area);
                return Errno.None;
            }

            private void Map(VmArea area) => {|MMAP3001:{{Remap}}|};
            """));

    [Fact]
    public Task Nothing_is_offered_in_a_finally_which_cannot_be_left() => VerifyFix.OffersNothing(
        Drivers.Plain(
            $$"""
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                try
                {
                    return Errno.None;
                }
                finally
                {
                    {|MMAP3001:{{Remap}}|};
                }
            }
            """));

    private const string Tested =
        $$"""
        Errno error = {{Remap}};
                if (error != Errno.None)
                {
                    return error;
                }

        """;

    private static string Mapping(string name, string statements) =>
        $$"""
        public abstract class {{name}} : KernelModule
        {
            public FileOperations Create() => new() { Mmap = Mmap };

            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                {{statements}}
                return Errno.None;
            }
        }
        """;
}
