using Microsoft.CodeAnalysis;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.Robustness;

/// <summary>Definitions that lead back to themselves end the analysis, not the analyzer.</summary>
public sealed class CyclicCodeTests
{
    public static TheoryData<string> Programs => new(
        // types
        """
        class A : B { } class B : A { }
            class D : A { void M(VmArea area) => area.Operations = new VmOperations { Open = null, Close = _ => { } }; }
        """,
        """
        abstract class A : A { protected Errno Mmap(Inode i, OpenFile f, VmArea a) => Errno.None; FileOperations O => new() { Mmap = Mmap }; }
        """,
        "interface I : J { } interface J : I { } class D : I { }",
        "class D<T> : D<D<T>> { VmOperations O = new() { Close = a => { a.Inode!.Put(); } }; }",
        // values
        """
        class D { static VmOperations P => Q; static VmOperations Q => P;
            FileOperations F = new() { Mmap = (i, f, a) => { a.Operations = P; return Errno.None; } }; }
        """,
        "class D { static VmOperations T = T; FileOperations F = new() { Mmap = (i, f, a) => { a.Operations = T; return Errno.None; } }; }",
        "class D { static AreaMethod M = M; VmOperations O = new() { Close = M }; }",
        """
        class D { static VmOperations Make(bool b) => b ? Make(!b) : Make(b);
            FileOperations F = new() { Mmap = (i, f, a) => { a.Operations = Make(true); return Errno.None; } }; }
        """,
        """
        class D { VmOperations A, B; void M() { A = B; B = A; }
            FileOperations F() => new() { Mmap = (i, f, a) => { a.Operations = A; return Errno.None; } }; }
        """,
        """
        class D { VmOperations O() { VmOperations t = null!; t = t; return t; }
            FileOperations F() => new() { Mmap = (i, f, a) => { a.Operations = O(); return Errno.None; } }; }
        """,
        // calls
        "class D { Errno M(Inode i, OpenFile f, VmArea a) => M(i, f, a); FileOperations F() => new() { Mmap = M }; }",
        """
        class D { Errno M(Inode i, OpenFile f, VmArea a) => N(i, f, a);
            Errno N(Inode i, OpenFile f, VmArea a) => M(i, f, a);
            FileOperations F() => new() { Mmap = M }; }
        """,
        """
        class D { AreaMethod? _o; void Open(VmArea a) => _o!(a); VmOperations F() { _o = Open; return new() { Open = Open, Close = a => a.Inode!.Put() }; } }
        """,
        """
        class D { KernelAddress N(VmArea v, UserAddress a, bool s) { KernelAddress L() => K(); KernelAddress K() => L(); return L(); }
            VmOperations O() => new() { Nopage = N }; }
        """,
        """
        class D { bool this[int i] => this[i + 1];
            KernelAddress N(VmArea v, UserAddress a, bool s) => this[0] ? default : new(1);
            VmOperations O() => new() { Nopage = N }; }
        """,
        """
        class D { static D operator +(D a, D b) => a + b;
            KernelAddress N(VmArea v, UserAddress a, bool s) { var d = this + this; return new(1); }
            VmOperations O() => new() { Nopage = N }; }
        """);

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Ends_without_a_finding_of_the_flow_rules(string program)
    {
        ImmutableArray<Diagnostic> found = await Analysis.Of(program);
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id is "MMAP1001" or "MMAP1005" or "MMAP3001");
    }

    [Fact]
    public async Task A_chain_of_five_hundred_helpers_ends()
    {
        string helpers = string.Join('\n', Enumerable.Range(0, 500).Select(i => $"Errno M{i}(VmArea a) => M{i + 1}(a);"));
        await Analysis.Of($$"""
            class Driver : KernelModule
            {
                protected override Errno Init() => Kernel.RegisterCharDevice(60, "d", new FileOperations { Mmap = (i, f, a) => M0(a) });
                {{helpers}}
                Errno M500(VmArea a) => Kernel.RemapPageRange(a.Start, 0, 4096, a.PageProtection);
            }
            """);
    }

    [Fact]
    public async Task An_expression_of_a_thousand_operators_ends()
    {
        string sum = string.Join(" | ", Enumerable.Range(0, 1000).Select(i => $"Kernel.RemapPageRange(a.Start, {i}, 4096, a.PageProtection)"));
        await Analysis.Of($$"""
            class Driver : KernelModule
            {
                protected override Errno Init() => Kernel.RegisterCharDevice(60, "d", new FileOperations { Mmap = (i, f, a) => {{sum}} });
            }
            """);
    }

    [Fact]
    public async Task A_method_of_five_hundred_conditions_ends()
    {
        string tests = string.Join('\n', Enumerable.Range(0, 500).Select(
            i => $"if (a.Offset == {i} || file.CanRead && a.Length > {i}) {{ n += {i}; if (n % 7 == 3) IncrementUseCount(); }}"));
        await Analysis.Of($$"""
            class Driver : KernelModule
            {
                readonly VmOperations _ops;
                Driver() => _ops = new() { Open = _ => IncrementUseCount(), Close = _ => DecrementUseCount() };
                protected override Errno Init() => Kernel.RegisterCharDevice(60, "d", new FileOperations { Mmap = Mmap });
                Errno Mmap(Inode inode, OpenFile file, VmArea a)
                {
                    int n = 0;
                    {{tests}}
                    a.Operations = _ops;
                    return Errno.None;
                }
            }
            """);
    }
}
