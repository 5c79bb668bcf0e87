using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Runtime;

namespace MmapAnalyzers.Benchmarks.Sources;

/// <summary>What is analyzed, made when it is first asked for.</summary>
internal static class Corpora
{
    private const string Pairs = "benchmarks/Sources/Pairs";

    private static readonly Type[] Compiler = [typeof(Compilation), typeof(CSharpCompilation)];

    /// <summary>The lower rooms of both libraries, which compile without those above them.</summary>
    private static readonly string[] LowerRooms =
    [
        "src/Runtime/Annotations", "src/Runtime/Hardware", "src/Runtime/Memory", "src/Runtime/Vm", "src/Analyzers/Symbols", "src/Analyzers/Protocols", Pairs,
    ];

    private static readonly Lazy<Corpus> LazyPlain = new(() => Of(["src/Runtime", "src/Analyzers", Pairs], 50_000, Compiler));
    private static readonly Lazy<Corpus> LazyIdle = new(CreateIdle);
    private static readonly Lazy<Corpus> LazyDense = new(() => Of(["samples/SeedDrivers", "samples/BrokenDrivers"], 20_000, typeof(Machine)));
    private static readonly Lazy<Corpus> LazyPlainOnce = new(() => Of(["src/Runtime", "src/Analyzers", Pairs], 1, Compiler));
    private static readonly Lazy<Corpus> LazyDenseOnce = new(() => Of(["samples/SeedDrivers", "samples/BrokenDrivers"], 1, typeof(Machine)));
    private static readonly Lazy<Corpus> LazySmall = new(() => Of(LowerRooms, 10_000, Compiler));
    private static readonly Lazy<Corpus> LazyLarge = new(() => Of(LowerRooms, 100_000, Compiler));

    /// <summary>Both libraries and some pairs of acquire and release; without the attributes, of which copies know nothing.</summary>
    public static Corpus Plain => LazyPlain.Value;

    /// <summary>The analyzers without anything that a protocol describes.</summary>
    public static Corpus Idle => LazyIdle.Value;

    /// <summary>The sample drivers, with the runtime's attributes.</summary>
    public static Corpus Dense => LazyDense.Value;

    /// <summary>The plain sources once.</summary>
    public static Corpus PlainOnce => LazyPlainOnce.Value;

    /// <summary>The sample drivers once.</summary>
    public static Corpus DenseOnce => LazyDenseOnce.Value;

    /// <summary>10,000 lines of plain code.</summary>
    public static Corpus Small => LazySmall.Value;

    /// <summary>The same ten times.</summary>
    public static Corpus Large => LazyLarge.Value;

    private static Corpus Of(string[] folders, int lines, params Type[] references) =>
        new Corpus(Copies.Of([.. Repository.Sources(folders)], lines), references).Checked();

    private static Corpus CreateIdle()
    {
        ProtocolBinder protocols = ProtocolBinder.Create(new Corpus([], Compiler).Fresh());
        var unbound = new Unbound(protocols.MayBind);
        return new Corpus(Copies.Of([.. Repository.Sources(["src/Analyzers"]).Select(unbound.Rewrite)], 50_000), Compiler).Checked();
    }
}
