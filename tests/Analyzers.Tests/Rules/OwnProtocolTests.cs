using Microsoft.CodeAnalysis;
using MmapAnalyzers.Tests.Verification;
using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

/// <summary>A code base that declares the attributes itself and has nothing to do with the emulated kernel.</summary>
public sealed class OwnProtocolTests
{
    private const string Annotations =
        """
        namespace MmapAnalyzers.Annotations
        {
            internal enum Outcome { Always, True, False, Zero, NonZero, NonNull }
            [AttributeUsage(AttributeTargets.All)]
            internal sealed class AcquiresAttribute(string resource) : Attribute { public string Resource => resource; public Outcome When { get; set; } }
            [AttributeUsage(AttributeTargets.All)]
            internal sealed class ReleasesAttribute(string resource) : Attribute { public string Resource => resource; public Outcome When { get; set; } }
            [AttributeUsage(AttributeTargets.All)]
            internal sealed class TransfersAttribute(string resource) : Attribute { public string Resource => resource; }
            [AttributeUsage(AttributeTargets.All)]
            internal sealed class RoleAttribute(string role) : Attribute
            {
                public string Role => role;
                public Outcome Success { get; set; }
                public string? Resource { get; set; }
            }
            [AttributeUsage(AttributeTargets.All)]
            internal sealed class MustCheckAttribute : Attribute { }
        }
        """;

    private const string TinyApi =
        """
        namespace Tiny
        {
            public class Frame
            {
                [Acquires("frame")] public void Ref() { }
                [Releases("frame")] public void Unref() { }
                [Acquires("frame", When = Outcome.True)] public bool TryRef() => GetHashCode() > 0;
            }
            public class Session
            {
                [Acquires("session")] public void Enter() { }
                [Releases("session")] public void Leave() { }
            }
            public class View
            {
                [Transfers("session")] public Session? Owner { get; set; }
                public Hooks? Hooks { get; set; }
            }
            public delegate void ViewEvent(View view);
            public delegate Frame? Fault(View view, int page);
            [Role("mmap", Success = Outcome.True)] public delegate bool MapMethod(View view);
            public class Hooks
            {
                [Role("open")] public ViewEvent? Copied { get; set; }
                [Role("close")] public ViewEvent? Gone { get; set; }
                [Role("nopage", Success = Outcome.NonNull, Resource = "frame")] public Fault? Missing { get; set; }
            }
            public abstract class Device
            {
                [Role("nopage", Success = Outcome.NonNull, Resource = "frame")] public abstract Frame? Missing(int page);
            }
            public static class Core
            {
                [return: MustCheck] public static bool Link(View view) => view.Owner is null;
                public static void Register(MapMethod map) { }
            }
        }
        """;

    [Fact]
    public Task Everything_is_counted() => Verify.Clean(Annotations, TinyApi,
        """
        namespace Tiny;

        public sealed class Good
        {
            private readonly Session _session = new();
            private readonly Frame _frame = new();
            private readonly Hooks _hooks;
            public Good()
            {
                _hooks = new Hooks { Copied = view => _session.Enter(), Gone = view => _session.Leave(), Missing = Missing };
                Core.Register(Map);
            }
            private Frame? Missing(View view, int page)
            {
                if (page > 3)
                    return null;
                _frame.Ref();
                return _frame;
            }
            private bool Map(View view)
            {
                if (!Core.Link(view))
                    return false;
                view.Hooks = _hooks;
                _session.Enter();
                view.Owner = _session;
                _session.Enter();
                return true;
            }
        }
        """);

    [Fact]
    public Task Nothing_is_counted() => Verify.Reports(Annotations, TinyApi,
        """
        namespace Tiny;

        public sealed class Bad
        {
            private readonly Session _session = new();
            private readonly Session _owner = new();
            private readonly Frame _frame = new();
            private readonly Hooks _hooks;
            public Bad()
            {
                _hooks = new Hooks { Copied = view => _session.Enter(), Gone = view => _session.Leave(), Missing = Missing };
                Core.Register(Map);
            }
            private Frame? Missing(View view, int page)
            {
                if (page > 3)
                    return null;
                {|MMAP2001:return _frame;|}
            }
            private bool Map(View view)
            {
                {|MMAP3001:Core.Link(view)|};
                view.Hooks = _hooks;
                {|MMAP1005:view.Owner = _owner|};
                {|MMAP1001:return true;|}
            }
        }
        """);

    [Fact]
    public Task One_slot_only() => Verify.Reports(Annotations, TinyApi,
        """
        namespace Tiny;

        public sealed class Half
        {
            private readonly Session _session = new();
            public Hooks Make() => new() { {|MMAP1002:Copied = view => _session.Enter()|} };
        }
        """);

    [Fact]
    public Task A_virtual_method_plays_the_role() => Verify.Reports(Annotations, TinyApi,
        """
        namespace Tiny;

        public sealed class Good(Frame frame) : Device
        {
            public override Frame? Missing(int page)
            {
                if (page > 3)
                    return null;
                frame.Ref();
                return frame;
            }
        }
        public sealed class Bad(Frame frame) : Device
        {
            public override Frame? Missing(int page) => {|MMAP2001:page > 3 ? null : frame|};
        }
        """);

    [Fact]
    public Task A_reference_that_is_taken_for_one_outcome_only() => Verify.Reports(Annotations, TinyApi,
        """
        namespace Tiny;

        public sealed class Good(Frame frame) : Device
        {
            public override Frame? Missing(int page) => frame.TryRef() ? frame : null;
        }
        public sealed class GoodToo(Frame frame) : Device
        {
            public override Frame? Missing(int page)
            {
                var taken = frame.TryRef();
                if (taken is false)
                    return null;
                return frame;
            }
        }
        public sealed class Bad(Frame frame) : Device
        {
            public override Frame? Missing(int page)
            {
                if (frame.TryRef())
                    return null;
                {|MMAP2001:return frame;|}
            }
        }
        """);

    [Fact]
    public async Task The_runtime_need_not_be_there()
    {
        const string Program =
            """
            namespace Tiny;

            public sealed class Bad(Frame frame) : Device
            {
                public override Frame? Missing(int page) => frame;
            }
            """;
        string[] sources = ["global using System; global using MmapAnalyzers.Annotations;", Annotations, TinyApi, Program];
        IEnumerable<SyntaxTree> trees = sources.Select(source => Analysis.Parse(source));
        Diagnostic found = Assert.Single(await Analysis.Of(trees, Basic.Reference.Assemblies.Net100.References.All));
        Assert.Equal("MMAP2001", found.Id);
    }
}
