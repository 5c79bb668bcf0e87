using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Rules;
using MmapAnalyzers.Tests.Verification;
using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.MMAP0002UnknownProtocolSubject>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP0002Tests
{
    private const string Leases =
        """
        namespace Renting
        {
            public class Leases : Shop
            {
                public object Take(int days) => this;
                public void Give(object lease) { }
                public void Give(object lease, int days) { }
                public int Count;
                public object this[int index] => this;
            }
            public class Shop { public void Close() { } }
        }
        """;

    [Fact]
    public Task An_unknown_type() => Verify.ReportsIn("must-check {|MMAP0002:M:Renting.Lease.Take(*)|}", Leases);

    [Fact]
    public Task An_unknown_member() => Verify.ReportsIn("must-check {|MMAP0002:M:Renting.Leases.Tak(*)|}", Leases);

    [Fact]
    public Task A_member_of_another_kind() => Verify.ReportsIn("must-check {|MMAP0002:P:Renting.Leases.Take|}", Leases);

    [Fact]
    public Task An_unknown_overload() => Verify.ReportsIn("must-check {|MMAP0002:M:Renting.Leases.Take(System.String)|}", Leases);

    [Fact]
    public Task An_unknown_parameter_as_target() => Verify.ReportsIn("releases lease {|MMAP0002:item|} M:Renting.Leases.Give(*)", Leases);

    [Theory]
    [InlineData("when={|MMAP0002:taken|}:true")]
    [InlineData("pair={|MMAP0002:length|}")]
    [InlineData("if={|MMAP0002:flags|}&1")]
    [InlineData("pair={|MMAP0002:p1|}")]
    public Task An_unknown_parameter_in_an_option(string option) => Verify.ReportsIn($"acquires lease return {option} M:Renting.Leases.Take(*)", Leases);

    [Fact]
    public Task Parameters_that_no_overload_has_together() =>
        Verify.ReportsIn("releases lease lease when=size:zero {|MMAP0002:M:Api.Give(*)|}", "public class Api { public void Give(object lease) { } public void Give(int size) { } }");

    [Fact]
    public Task An_unknown_library() => Verify.ReportsIn(
        """
        library own = libown
        must-check import:own!own_take
        must-check {|MMAP0002:import:owm!own_take|}
        """);

    [Fact]
    public Task What_exists_is_clean() => Verify.ReportsIn(
        """
        acquires lease return    M:Renting.Leases.Take(System.Int32)
        releases lease lease     M:Renting.Leases.Give(*)
        releases lease lease if=days=0 M:Renting.Leases.Give(*)
        releases lease this      M:Renting.Leases.Close
        transfers lease value    F:Renting.Leases.Count
        borrows  lease return    P:Renting.Leases.Item(System.Int32)
        must-check               M:Renting.Leases.#ctor
        acquires lease return    M:System.Buffers.ArrayPool`1.Rent(System.Int32)
        """, Leases);

    [Theory]
    [InlineData("M:Renting.Lease.Take(*)", "there is no type 'Renting.Lease'; did you mean 'Leases'?")]
    [InlineData("M:Renting.Leases.Tak(*)", "'Leases' has no member 'Tak'; did you mean 'Take'?")]
    [InlineData("M:Renting.Leases.Take", "'Take' has no such parameters; there is M:Renting.Leases.Take(System.Int32)")]
    public async Task The_message_names_what_may_be_meant(string subject, string message)
    {
        var compilation = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create("Program", [Analysis.Parse(Leases)], References.All);
        var options = new AnalyzerOptions([new ProtocolFile($"must-check {subject}")]);
        var found = await compilation.WithAnalyzers([new MMAP0002UnknownProtocolSubject()], options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.EndsWith(message, Assert.Single(found).GetMessage());
    }
}
