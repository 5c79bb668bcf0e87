using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Flow;

/// <summary>Results of all functions of one compilation, computed on demand and kept.</summary>
internal sealed class Functions(Compilation compilation, ProtocolBinder protocols)
{
    private readonly ConcurrentDictionary<IMethodSymbol, FunctionResult> _results = new(SymbolEqualityComparer.Default);

    public Compilation Compilation { get; } = compilation;

    public ProtocolBinder Protocols { get; } = protocols;

    public FunctionGraphs Graphs { get; } = new(compilation);

    public CallTargets Targets { get; } = new(compilation, protocols);

    /// <summary>What the function does; recursion and a spent budget end in <see cref="FunctionResult.Unknown"/>.</summary>
    public FunctionResult ResultOf(IMethodSymbol function, CancellationToken cancellation) =>
        ResultOf(function, new CallStack(cancellation));

    public FunctionResult ResultOf(IMethodSymbol function, CallStack callers)
    {
        if (_results.TryGetValue(function, out var known))
        {
            return known;
        }

        if (function.IsExtern || !callers.TryEnter(function))
        {
            return FunctionResult.Unknown;
        }

        try
        {
            var result = Graphs.Get(function) is { } graph ? Run(function, graph, callers) : FunctionResult.Unknown;
            if (callers.IsIndependent(function))
            {
                _results.TryAdd(function, result);
            }

            return result;
        }
        finally
        {
            callers.Leave(function);
        }
    }

    private FunctionResult Run(IMethodSymbol function, ControlFlowGraph graph, CallStack callers)
    {
        var result = new FunctionAnalysis(this, function, graph, callers).Run();
        return function.IsAsync || IsIterator(function) ? Deferred(result, graph) : result;
    }

    /// <summary>A body that runs when it is awaited or enumerated: nobody knows when, so it is followed only if it counts nothing.</summary>
    private static FunctionResult Deferred(FunctionResult body, ControlFlowGraph graph)
    {
        var syntax = graph.OriginalOperation.Syntax;
        var called = State.Entry with { Epoch = syntax, ReturnValue = Term.Fresh(syntax, "deferred") };
        return body.MayCount ? FunctionResult.Unknown : new FunctionResult([new Exit(called, Throws: false, null)], body.Ignored, isUnknown: false);
    }

    private static bool IsIterator(IMethodSymbol function) =>
        function.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax().DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax)
            .Any(node => node is YieldStatementSyntax));
}

/// <summary>The functions under analysis, outermost first: recursion is cut here, and what was cut is not kept.</summary>
internal sealed class CallStack(CancellationToken cancellation)
{
    private readonly List<IMethodSymbol> _functions = [];
    private int _lowestCut = int.MaxValue;

    public CancellationToken Cancellation { get; } = cancellation;

    public bool TryEnter(IMethodSymbol function)
    {
        var depth = _functions.FindIndex(entered => SymbolEqualityComparer.Default.Equals(entered, function));
        if (depth >= 0 || _functions.Count >= Budget.CallDepth)
        {
            _lowestCut = Math.Min(_lowestCut, Math.Max(depth, 0));
            return false;
        }

        _functions.Add(function);
        return true;
    }

    /// <summary>Whether the result of the innermost function does not depend on a cut made for one of its callers.</summary>
    public bool IsIndependent(IMethodSymbol function) => _lowestCut >= _functions.Count - 1 && SymbolEqualityComparer.Default.Equals(_functions[_functions.Count - 1], function);

    public void Leave(IMethodSymbol function)
    {
        _functions.RemoveAt(_functions.Count - 1);
        if (_lowestCut >= _functions.Count)
        {
            _lowestCut = int.MaxValue;
        }
    }
}
