using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

/// <summary>An API whose callbacks are methods to override or to implement instead of delegates in slots.</summary>
public sealed class OverriddenRoleTests
{
    private const string Api =
        """
        public sealed class Module { [Acquires("module")] public void Get() { } [Releases("module")] public void Put() { } }
        public sealed class Area { public AreaOperations? Operations { get; set; } public IAreaOperations? Handler { get; set; } public int Length; }
        public abstract class AreaOperations
        {
            [Role("open")] public virtual void Open(Area area) { }
            [Role("close")] public virtual void Close(Area area) { }
        }
        public interface IAreaOperations { [Role("open")] void Open(Area area); [Role("close")] void Close(Area area); }
        public abstract class Driver { [Role("mmap", Success = Outcome.Zero)] public abstract int Map(Area area); }

        """;

    [Fact]
    public Task Overrides_that_undo_each_other() => Verify.Clean(Api +
        """
        public sealed class Counting(Module module) : AreaOperations
        {
            public override void Open(Area area) => module.Get();
            public override void Close(Area area) => module.Put();
        }
        """);

    [Fact]
    public Task Only_close_is_overridden() => Verify.Reports(Api +
        """
        public sealed class Counting(Module module) : AreaOperations
        {
            public override void {|MMAP1002:Close|}(Area area) => module.Put();
        }
        """);

    [Fact]
    public Task Open_is_overridden_and_counts_nothing() => Verify.Reports(Api +
        """
        public sealed class Counting(Module module) : AreaOperations
        {
            public override void {|MMAP1002:Open|}(Area area) { }
            public override void Close(Area area) => module.Put();
        }
        """);

    [Fact]
    public Task A_base_overrides_one_and_the_derived_type_the_other() => Verify.Clean(Api +
        """
        public class Half(Module module) : AreaOperations
        {
            protected Module Module => module;
            public override void Close(Area area) => module.Put();
        }
        public sealed class Whole(Module module) : Half(module)
        {
            public override void Open(Area area) => Module.Get();
        }
        """);

    [Fact]
    public Task An_object_that_overrides_is_installed_without_a_count() => Verify.Reports(Api +
        """
        public sealed class Counting(Module module) : AreaOperations
        {
            public override void Open(Area area) => module.Get();
            public override void Close(Area area) => module.Put();
        }
        public sealed class Simple(Module module) : Driver
        {
            private readonly AreaOperations _operations = new Counting(module);
            public override int Map(Area area)
            {
                area.Operations = _operations;
                if (area.Length > 3)
                {
                    module.Get();
                    return 0;
                }
                {|MMAP1001:return 0;|}
            }
        }
        """);

    [Fact]
    public Task The_driver_installs_itself() => Verify.Reports(Api +
        """
        public sealed class Simple(Module module) : Driver, IAreaOperations
        {
            public void Open(Area area) => module.Get();
            public void Close(Area area) => module.Put();
            public override int Map(Area area)
            {
                area.Handler = this;
                if (area.Length > 3)
                {
                    Open(area);
                    return 0;
                }
                {|MMAP1001:return 0;|}
            }
        }
        """);
}
