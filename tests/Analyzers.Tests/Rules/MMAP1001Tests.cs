using System.Globalization;
using Microsoft.CodeAnalysis;
using MmapAnalyzers.Tests.Verification;
using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP1001Tests
{
    /// <summary>A driver around the body of mmap, with an area table that counts.</summary>
    private static string Driver(string mmap, string members = "") =>
        $$"""
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;
            public Driver() => _ops = new VmOperations { Open = VmaOpen, Close = VmaClose };
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            private void VmaOpen(VmArea area) => IncrementUseCount();
            private void VmaClose(VmArea area) => DecrementUseCount();
            {{members}}
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                {{mmap}}
            }
        }
        """;

    [Fact]
    public Task Operations_are_installed_and_nothing_is_counted() => Verify.Reports(Driver(
        """
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        area.Operations = _ops;
        area.Inode = inode;
        inode.Get();
        {|MMAP1001:return Errno.None;|}
        """));

    [Fact]
    public Task Only_one_branch_counts() => Verify.Reports(Driver(
        """
        area.Operations = _ops;
        if ((area.Flags & VmFlags.Shared) != 0)
            IncrementUseCount();
        {|MMAP1001:return Errno.None;|}
        """));

    [Fact]
    public Task Counted_by_hand_and_again_by_the_open_helper() => Verify.Reports(Driver(
        """
        area.Operations = _ops;
        IncrementUseCount();
        VmaOpen(area);
        {|MMAP1001:return Errno.None;|}
        """));

    [Fact]
    public Task The_count_is_given_back_before_success() => Verify.Reports(Driver(
        """
        IncrementUseCount();
        area.Operations = _ops;
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            DecrementUseCount();
        {|MMAP1001:return Errno.None;|}
        """));

    [Fact]
    public Task The_result_variable_is_zero_where_it_was_not_counted() => Verify.Reports(Driver(
        """
        Errno error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
        if (error == Errno.None)
            area.Operations = _ops;
        {|MMAP1001:return error;|}
        """));

    [Fact]
    public Task One_exit_for_all_by_goto_and_the_count_is_missing() => Verify.Reports(Driver(
        """
        Errno error = Errno.EINVAL;
        if (area.Length > 65536)
            goto Out;
        error = Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
        if (error != Errno.None)
            goto Out;
        area.Operations = _ops;
        Out:
        {|MMAP1001:return error;|}
        """));

    [Fact]
    public Task A_conditional_return_succeeds_without_a_count() => Verify.Reports(Driver(
        """
        area.Operations = _ops;
        {|MMAP1001:return Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) == Errno.None ? Errno.None : Errno.EAGAIN;|}
        """));

    [Fact]
    public Task Success_may_be_written_as_the_default_value() => Verify.Reports(Driver(
        """
        area.Operations = _ops;
        {|MMAP1001:return default;|}
        """));

    [Fact]
    public Task A_helper_two_calls_deep_installs_and_does_not_count() => Verify.Reports(Driver(
        """
        {|MMAP1001:return Set(area);|}
        """,
        """
        private Errno Set(VmArea area) { Finish(area); return Errno.None; }
        private void Finish(VmArea area) => area.Operations = _ops;
        """));

    [Fact]
    public Task A_local_function_installs_and_does_not_count() => Verify.Reports(Driver(
        """
        Errno Finish()
        {
            area.Operations = _ops;
            return Errno.None;
        }
        {|MMAP1001:return area.Length > 4096 ? Errno.EINVAL : Finish();|}
        """));

    [Fact]
    public Task A_property_setter_installs_and_nobody_counts() => Verify.Reports(Driver(
        """
        Installed = area;
        {|MMAP1001:return Errno.None;|}
        """,
        """
        private VmArea Installed { set => value.Operations = _ops; }
        """));

    [Fact]
    public Task Success_out_of_a_retry_loop_is_not_counted() => Verify.Reports(Driver(
        """
        for (int i = 0; i < 3; i++)
        {
            if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) == Errno.None)
            {
                area.Operations = _ops;
                {|MMAP1001:return Errno.None;|}
            }
        }
        return Errno.EAGAIN;
        """));

    [Fact]
    public Task Success_inside_a_lock_is_not_counted() => Verify.Reports(Driver(
        """
        lock (_ops)
        {
            area.Operations = _ops;
            {|MMAP1001:return Errno.None;|}
        }
        """));

    [Fact]
    public Task A_flag_that_is_never_set_guards_the_count() => Verify.Reports(Driver(
        """
        bool mapped = false;
        if (area.Length > 4096)
            area.Operations = _ops;
        if (mapped)
            IncrementUseCount();
        {|MMAP1001:return Errno.None;|}
        """));

    [Fact]
    public Task The_table_arrives_through_an_out_parameter() => Verify.Reports(Driver(
        """
        GetTable(out VmOperations table);
        area.Operations = table;
        {|MMAP1001:return Errno.None;|}
        """,
        """
        private void GetTable(out VmOperations table) => table = _ops;
        """));

    [Fact]
    public Task A_table_is_installed_only_where_there_is_none_yet() => Verify.Reports(Driver(
        """
        area.Operations ??= _ops;
        {|MMAP1001:return Errno.None;|}
        """));

    [Fact]
    public Task A_constructor_of_the_driver_s_own_installs() => Verify.Reports(Driver(
        """
        _ = new Mapping(this, area);
        {|MMAP1001:return Errno.None;|}
        """,
        """
        private sealed class Mapping { public Mapping(Driver driver, VmArea area) => area.Operations = driver._ops; }
        """));

    [Fact]
    public Task Steps_chained_by_their_result_and_the_last_forgets_the_count() => Verify.Reports(Driver(
        """
        Errno error = area.Offset > 65536 ? Errno.EINVAL : Errno.None;
        if (error == Errno.None)
            error = Map(area);
        if (error == Errno.None)
            error = Install(area);
        {|MMAP1001:return error;|}
        """,
        """
        private Errno Map(VmArea area) => Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
        private Errno Install(VmArea area) { area.Operations = _ops; return Errno.None; }
        """));

    [Fact]
    public Task The_mail_s_own_idiom_counts_after_the_last_step() => Verify.Clean(Driver(
        """
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        if (area.Operations is not null)
            return Errno.EINVAL;
        area.Operations = _ops;
        IncrementUseCount();
        area.Inode = inode;
        inode.Get();
        return Errno.None;
        """));

    [Fact]
    public Task The_open_helper_counts() => Verify.Clean(Driver(
        """
        area.Operations = _ops;
        VmaOpen(area);
        return Errno.None;
        """));

    [Fact]
    public Task The_open_slot_is_called_through_the_table() => Verify.Clean(Driver(
        """
        area.Operations = _ops;
        area.Operations.Open?.Invoke(area);
        return Errno.None;
        """));

    [Fact]
    public Task A_helper_two_calls_deep_installs_and_counts() => Verify.Clean(Driver(
        """
        return Set(area);
        """,
        """
        private Errno Set(VmArea area) { Finish(area); return Errno.None; }
        private void Finish(VmArea area) { area.Operations = _ops; IncrementUseCount(); }
        """));

    [Fact]
    public Task A_static_helper_takes_the_module() => Verify.Clean(Driver(
        """
        area.Operations = _ops;
        Use(this);
        return Errno.None;
        """,
        """
        private static void Use(KernelModule module) => module.IncrementUseCount();
        """));

    [Fact]
    public Task A_flag_correlates_installing_and_counting() => Verify.Clean(Driver(
        """
        bool mapped = false;
        if (area.Length > 4096)
        {
            area.Operations = _ops;
            mapped = true;
        }
        if (mapped)
            IncrementUseCount();
        return Errno.None;
        """));

    [Fact]
    public Task The_same_condition_asked_twice_installs_and_counts() => Verify.Clean(Driver(
        """
        if (inode.Minor == 1)
            area.Operations = _ops;
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        if (inode.Minor == 1)
            IncrementUseCount();
        return Errno.None;
        """));

    [Fact]
    public Task A_table_that_may_be_missing_counts_when_it_is_there() => Verify.Clean(Driver(
        """
        VmOperations? table = inode.Minor < 4 ? _ops : null;
        area.Operations = table;
        if (table is not null)
            IncrementUseCount();
        return Errno.None;
        """));

    [Fact]
    public Task A_pattern_finds_the_table_and_counts() => Verify.Clean(Driver(
        """
        if (Pick(inode.Minor) is not { } table)
            return Errno.ENXIO;
        area.Operations = table;
        IncrementUseCount();
        return Errno.None;
        """,
        """
        private VmOperations? Pick(int minor) => minor < 4 ? _ops : null;
        """));

    [Fact]
    public Task A_switch_expression_goes_on_only_after_success() => Verify.Clean(Driver(
        """
        return Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) switch
        {
            Errno.None => Done(area),
            var error => error,
        };
        """,
        """
        private Errno Done(VmArea area) { area.Operations = _ops; IncrementUseCount(); return Errno.None; }
        """));

    [Fact]
    public Task A_failed_step_gives_the_count_back() => Verify.Clean(Driver(
        """
        IncrementUseCount();
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
        {
            DecrementUseCount();
            return Errno.EAGAIN;
        }
        area.Operations = _ops;
        return Errno.None;
        """));

    [Fact]
    public Task A_finally_block_counts_what_a_flag_says() => Verify.Clean(Driver(
        """
        bool mapped = false;
        try
        {
            if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
                return Errno.EAGAIN;
            area.Operations = _ops;
            mapped = true;
            return Errno.None;
        }
        finally
        {
            if (mapped)
                IncrementUseCount();
        }
        """));

    [Fact]
    public Task A_scope_that_takes_its_count_back_unless_told_to_keep_it() => Verify.Clean(Driver(
        """
        using var scope = new Scope(this);
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        area.Operations = _ops;
        scope.Keep();
        return Errno.None;
        """,
        """
        private sealed class Scope : IDisposable
        {
            private readonly Driver _driver;
            private bool _keep;
            public Scope(Driver driver) { _driver = driver; driver.IncrementUseCount(); }
            public void Keep() => _keep = true;
            public void Dispose() { if (!_keep) _driver.DecrementUseCount(); }
        }
        """));

    [Fact]
    public Task The_count_is_a_method_group_in_a_variable() => Verify.Clean(Driver(
        """
        Action count = IncrementUseCount;
        area.Operations = _ops;
        count();
        return Errno.None;
        """));

    [Fact]
    public Task A_helper_runs_the_lambda_that_installs_and_counts() => Verify.Clean(Driver(
        """
        return Guarded(() => { area.Operations = _ops; IncrementUseCount(); return Errno.None; });
        """,
        """
        private static Errno Guarded(Func<Errno> step) { Errno error = step(); return error; }
        """));

    [Fact]
    public Task The_table_is_taken_out_again() => Verify.Clean(Driver(
        """
        area.Operations = _ops;
        area.Operations = null;
        return Errno.None;
        """));

    [Fact]
    public Task An_unknown_callee_may_count() => Verify.Clean(Driver(
        """
        area.Operations = _ops;
        dynamic self = this;
        self.IncrementUseCount();
        return Errno.None;
        """));

    [Fact]
    public Task Recursion_is_not_judged() => Verify.Clean(Driver(
        """
        area.Operations = _ops;
        Count(3);
        return Errno.None;
        """,
        """
        private void Count(int depth) { if (depth == 0) IncrementUseCount(); else Count(depth - 1); }
        """));

    [Fact]
    public Task Error_exits_owe_nothing() => Verify.Clean(Driver(
        """
        area.Operations = _ops;
        return Errno.ENODEV;
        """));

    [Fact]
    public Task A_mapping_without_a_table_owes_nothing() => Verify.Clean(Driver(
        """
        return Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection);
        """));

    [Fact]
    public async Task The_message_names_the_count_and_the_path()
    {
        Diagnostic found = Assert.Single(await Analysis.Of(Driver(
            """
            area.Operations = _ops;
            if ((area.Flags & VmFlags.Shared) != 0)
                IncrementUseCount();
            return Errno.None;
            """)));
        Assert.Equal(
            "The 'module-use' count is not taken for the first mapping when '(area.Flags & VmFlags.Shared) != 0' is false, "
            + "but 'VmaClose' gives back one when the mapping goes: "
            + "open does not run for the first mapping, mmap counts it itself",
            found.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(
            [
                "area.Operations = _ops",
                "(area.Flags & VmFlags.Shared) != 0",
                "Errno.None",
                "Close = VmaClose",
            ],
            Analysis.Story(found));
    }

    [Fact]
    public Task A_driver_split_over_classes_and_files_is_followed() => Verify.Reports(
        """
        public sealed class Driver : KernelModule
        {
            private readonly Areas _areas;
            private readonly Files _files;
            public Driver()
            {
                _areas = new Areas(this);
                _files = new Files(_areas);
            }
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", _files.Operations);
        }
        """,
        """
        public sealed class Areas
        {
            private readonly KernelModule _module;
            public Areas(KernelModule module)
            {
                _module = module;
                Table = new VmOperations { Open = Open, Close = Close };
            }
            public VmOperations Table { get; }
            public void Open(VmArea area) => _module.IncrementUseCount();
            private void Close(VmArea area) => _module.DecrementUseCount();
        }
        """,
        """
        public sealed class Files
        {
            private readonly Areas _areas;
            public Files(Areas areas)
            {
                _areas = areas;
                Operations = new FileOperations { Mmap = Mmap };
            }
            public FileOperations Operations { get; }
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _areas.Table;
                {|MMAP1001:return Errno.None;|}
            }
        }
        """);

    [Fact]
    public Task A_driver_split_over_classes_and_files_counts_through_the_other_object() => Verify.Clean(
        """
        public sealed class Driver : KernelModule
        {
            private readonly Areas _areas;
            private readonly Files _files;
            public Driver()
            {
                _areas = new Areas(this);
                _files = new Files(_areas);
            }
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", _files.Operations);
        }
        """,
        """
        public sealed class Areas
        {
            private readonly KernelModule _module;
            public Areas(KernelModule module)
            {
                _module = module;
                Table = new VmOperations { Open = Open, Close = Close };
            }
            public VmOperations Table { get; }
            public void Open(VmArea area) => _module.IncrementUseCount();
            private void Close(VmArea area) => _module.DecrementUseCount();
        }
        """,
        """
        public sealed class Files
        {
            private readonly Areas _areas;
            public Files(Areas areas)
            {
                _areas = areas;
                Operations = new FileOperations { Mmap = Mmap };
            }
            public FileOperations Operations { get; }
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _areas.Table;
                _areas.Open(area);
                return Errno.None;
            }
        }
        """);

    [Fact]
    public Task A_table_in_a_static_readonly_field_is_followed() => Verify.Reports(
        """
        public sealed class Driver : KernelModule
        {
            private static Driver? _instance;
            private static readonly VmOperations Table = new() { Open = VmaOpen, Close = VmaClose };
            protected override Errno Init()
            {
                _instance = this;
                return Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            }
            private static void VmaOpen(VmArea area) => _instance!.IncrementUseCount();
            private static void VmaClose(VmArea area) => _instance!.DecrementUseCount();
            private static Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = Table;
                {|MMAP1001:return Errno.None;|}
            }
        }
        """);

    [Fact]
    public Task A_table_that_is_made_by_Init_is_followed() => Verify.Reports(
        """
        public sealed class Driver : KernelModule
        {
            private VmOperations _ops = null!;
            protected override Errno Init()
            {
                _ops = new VmOperations { Open = VmaOpen, Close = VmaClose };
                return Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            }
            private void VmaOpen(VmArea area) => IncrementUseCount();
            private void VmaClose(VmArea area) => DecrementUseCount();
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                {|MMAP1001:return Errno.None;|}
            }
        }
        """);

    [Fact]
    public Task A_table_that_a_property_makes_on_demand_is_followed() => Verify.Reports(
        """
        public sealed class Driver : KernelModule
        {
            private VmOperations? _ops;
            private VmOperations Table => _ops ??= new() { Open = VmaOpen, Close = VmaClose };
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            private void VmaOpen(VmArea area) => IncrementUseCount();
            private void VmaClose(VmArea area) => DecrementUseCount();
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = Table;
                {|MMAP1001:return Errno.None;|}
            }
        }
        """);

    [Fact]
    public Task A_table_from_a_factory_with_the_slots_as_parameters_is_followed() => Verify.Reports(
        """
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;
            public Driver() => _ops = Make(VmaOpen, VmaClose);
            private static VmOperations Make(AreaMethod open, AreaMethod close) => new() { Open = open, Close = close };
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            private void VmaOpen(VmArea area) => IncrementUseCount();
            private void VmaClose(VmArea area) => DecrementUseCount();
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                {|MMAP1001:return Errno.None;|}
            }
        }
        """);

    [Fact]
    public Task A_table_that_is_made_in_mmap_is_followed() => Verify.Reports(
        """
        public sealed class Driver : KernelModule
        {
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = new VmOperations { Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount() };
                {|MMAP1001:return Errno.None;|}
            }
        }
        """);

    [Fact]
    public Task A_primary_constructor_s_module_is_counted() => Verify.Clean(
        """
        public sealed class Areas(KernelModule module)
        {
            public VmOperations Table { get; } = new() { Open = _ => module.IncrementUseCount(), Close = _ => module.DecrementUseCount() };
            public Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = Table;
                module.IncrementUseCount();
                return Errno.None;
            }
        }
        public sealed class Driver : KernelModule
        {
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = new Areas(this).Mmap });
        }
        """);

    [Fact]
    public Task Of_two_tables_only_the_one_that_counts_obliges() => Verify.Clean(
        """
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _counted;
            private readonly VmOperations _plain;
            public Driver()
            {
                _counted = new VmOperations { Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount() };
                _plain = new VmOperations { Nopage = (area, address, noShare) => Kernel.GetFreePage() };
            }
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                switch (inode.Minor)
                {
                    case 0:
                        area.Operations = _counted;
                        IncrementUseCount();
                        break;
                    case 1:
                        area.Operations = _plain;
                        break;
                    default:
                        return Errno.ENXIO;
                }
                return Errno.None;
            }
        }
        """);

    [Fact]
    public Task A_plain_counter_that_open_and_close_mirror_is_a_count() => Verify.Reports(
        """
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;
            private int _areas;
            public Driver() => _ops = new VmOperations { Open = _ => _areas++, Close = _ => _areas-- };
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                {|MMAP1001:return Errno.None;|}
            }
        }
        """);

    [Fact]
    public Task The_first_and_last_idiom_entered_by_the_open_helper() => Verify.Clean(
        """
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;
            private int _areas;
            public Driver() => _ops = new VmOperations { Open = VmaOpen, Close = VmaClose };
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
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
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                VmaOpen(area);
                return Errno.None;
            }
        }
        """);

    [Fact]
    public Task A_virtual_step_that_a_derived_class_fills() => Verify.Clean(
        """
        public abstract class MappedModule : KernelModule
        {
            private readonly VmOperations _ops;
            protected MappedModule() => _ops = new VmOperations { Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount() };
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            protected virtual void Mapped(VmArea area) { }
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                Mapped(area);
                return Errno.None;
            }
        }
        """,
        """
        public sealed class Driver : MappedModule
        {
            protected override void Mapped(VmArea area) => IncrementUseCount();
        }
        """);

    [Fact]
    public Task A_generic_base_driver_is_followed() => Verify.Reports(
        """
        public abstract class Driver<T> : KernelModule
            where T : Driver<T>
        {
            private readonly VmOperations _ops;
            protected Driver() => _ops = new VmOperations { Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount() };
            protected override Errno Init() => Kernel.RegisterCharDevice(60, typeof(T).Name, new FileOperations { Mmap = Mmap });
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                {|MMAP1001:return Errno.None;|}
            }
        }
        """);

    [Fact]
    public Task A_method_that_nobody_registers_is_no_mmap() => Verify.Clean(
        """
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;
            public Driver() => _ops = new VmOperations { Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount() };
            protected override Errno Init() => Errno.None;
            public Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                return Errno.None;
            }
        }
        """);

    [Fact]
    public Task A_table_from_outside_is_not_judged() => Verify.Clean(
        """
        public sealed class Driver(VmOperations ops) : KernelModule
        {
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = ops;
                return Errno.None;
            }
        }
        """);
}
