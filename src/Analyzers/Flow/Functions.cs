using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Flow;

/// <summary>Results of all functions of one compilation, computed on demand and kept.</summary>
/// <param name="mayCount">Whether a function may count anything; calls of others are followed only with what is counted in their arguments. Without it every call is followed.</param>
/// <param name="mayCountIn">Whether something in a piece of source may count, as far as its names tell: what cannot need not be kept apart. Without it all is kept apart.</param>
/// <param name="mentionsThrow">Whether a function throws in its own source: a path that holds units follows it.</param>
internal sealed class Functions(
    Compilation compilation,
    ProtocolBinder protocols,
    Func<IMethodSymbol, CancellationToken, bool>? mayCount = null,
    Func<SyntaxNode, bool>? mayCountIn = null,
    Func<IMethodSymbol, bool>? mentionsThrow = null)
{
    private readonly ConcurrentDictionary<IMethodSymbol, FunctionResult> _results = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _mayCount = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _mentionsThrow = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, FunctionResult>[] _cutResults =
        [.. Enumerable.Range(0, Budget.CallDepth + 1).Select(_ => new ConcurrentDictionary<IMethodSymbol, FunctionResult>(SymbolEqualityComparer.Default))];

    public Compilation Compilation { get; } = compilation;

    public ProtocolBinder Protocols { get; } = protocols;

    public FunctionGraphs Graphs { get; } = new(compilation);

    public CallTargets Targets { get; } = new(compilation, protocols);

    /// <summary>Whether the function is worth following whatever it is given.</summary>
    public bool MayCount(IMethodSymbol function, CallDepth depth) => mayCount is null || _mayCount.GetOrAdd(function, asked => mayCount(asked, depth.Cancellation));

    public bool MentionsThrow(IMethodSymbol function) => mentionsThrow is null || _mentionsThrow.GetOrAdd(function, mentionsThrow);

    /// <summary>What decides in the source whether something is counted, or <see langword="null"/> if everything may.</summary>
    public Decisions? DecisionsIn(SyntaxNode function) => mayCountIn is null ? null : Decisions.In(function, mayCountIn);

    /// <summary>What the function does; calls that go deeper than the budget, recursion among them, and a spent budget end in <see cref="FunctionResult.Unknown"/>.</summary>
    public FunctionResult ResultOf(IMethodSymbol function, CancellationToken cancellation) =>
        ResultOf(function, new CallDepth(null, mayCount is null ? Budget.CallDepth : Budget.CountingCallDepth, cancellation));

    /// <remarks>
    /// A result depends on the function and on the calls that may still be followed, and on nothing else: not on who asks, nor on what was asked before.
    /// One that needed no cut holds for every depth; one that did is kept for its own, so that recursion costs one run of a function a level. A function that calls
    /// itself is not followed at all.
    /// </remarks>
    public FunctionResult ResultOf(IMethodSymbol function, CallDepth depth)
    {
        if (function.IsExtern || SymbolEqualityComparer.Default.Equals(function, depth.Function))
        {
            return FunctionResult.Unknown;
        }

        if (_results.TryGetValue(function, out var known))
        {
            return known;
        }

        if (depth.Left == 0)
        {
            depth.IsCut = true;
            return FunctionResult.Unknown;
        }

        if (_cutResults[depth.Left].TryGetValue(function, out known))
        {
            depth.IsCut = true;
            return known;
        }

        var inner = new CallDepth(function, depth.Left - 1, depth.Cancellation);
        var result = Graphs.Get(function) is { } graph ? Run(function, graph, inner) : FunctionResult.Unknown;
        depth.IsCut |= inner.IsCut;
        return (inner.IsCut ? _cutResults[depth.Left] : _results).GetOrAdd(function, result);
    }

    private FunctionResult Run(IMethodSymbol function, ControlFlowGraph graph, CallDepth depth)
    {
        var result = new FunctionAnalysis(this, function, graph, depth).Run();
        return IsIterator(function) ? Deferred(result, graph) : result;
    }

    /// <summary>A body that runs when it is enumerated: nobody knows when, so it is followed only if it counts nothing.</summary>
    private static FunctionResult Deferred(FunctionResult body, ControlFlowGraph graph)
    {
        var syntax = graph.OriginalOperation.Syntax;
        var called = State.Entry with { Epoch = syntax, ReturnValue = Term.Fresh(syntax, "deferred") };
        return body.MayCount
            ? body with { Outcomes = [], IsDeferred = true }
            : body with { Outcomes = [new Exit(called, Throws: false, null)] };
    }

    private static bool IsIterator(IMethodSymbol function) =>
        function.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax)
            .Any(node => node is YieldStatementSyntax));
}

/// <summary>How many calls, one inside the other, may still be followed.</summary>
/// <param name="function">The function that is followed now.</param>
/// <param name="left">The calls that may still be followed in it.</param>
/// <param name="cancellation">Ends the analysis.</param>
internal sealed class CallDepth(IMethodSymbol? function, int left, CancellationToken cancellation)
{
    public IMethodSymbol? Function { get; } = function;

    public int Left { get; } = left;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Whether a call was not followed because it would have gone too deep.</summary>
    public bool IsCut { get; set; }
}
