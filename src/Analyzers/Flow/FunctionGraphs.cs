using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MmapAnalyzers.Flow;

/// <summary>Control-flow graphs of the functions of one compilation, by the syntax that declares them.</summary>
internal sealed class FunctionGraphs(Compilation compilation)
{
    private readonly ConcurrentDictionary<SyntaxNode, ControlFlowGraph?> _graphs = new();
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    public Compilation Compilation { get; } = compilation;

#pragma warning disable RS1030 // Summaries follow calls into other files of the compilation; the driver hands out only the model of the file it is at.
    public SemanticModel ModelOf(SyntaxTree tree) => _models.GetOrAdd(tree, added => Compilation.GetSemanticModel(added));
#pragma warning restore RS1030

    /// <summary>The graph of a function with a body in this compilation, or <see langword="null"/>.</summary>
    public ControlFlowGraph? Get(IMethodSymbol function)
    {
        var implementation = function.PartialImplementationPart ?? function;
        foreach (var reference in implementation.DeclaringSyntaxReferences)
        {
            if (Compilation.ContainsSyntaxTree(reference.SyntaxTree) && Get(reference.GetSyntax()) is { } graph)
            {
                return graph;
            }
        }

        return null;
    }

    /// <summary>The lambdas written directly in the function.</summary>
    public IEnumerable<IMethodSymbol> AnonymousFunctionsIn(IMethodSymbol function) =>
        Get(function) is { } graph ? AnonymousFunctionsOf(graph).Select(operation => operation.Symbol) : [];

    /// <summary>The variables of functions around it that the function mentions.</summary>
    public IEnumerable<ISymbol> VariablesCapturedBy(IMethodSymbol function) =>
        function.DeclaringSyntaxReferences
            .SelectMany(reference => reference.GetSyntax().DescendantNodes().OfType<IdentifierNameSyntax>())
            .Select(name => ModelOf(name.SyntaxTree).GetSymbolInfo(name).Symbol)
            .Where(symbol => symbol is ILocalSymbol or IParameterSymbol && !SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, function))
            .OfType<ISymbol>();

    private ControlFlowGraph? Get(SyntaxNode declaration) => _graphs.GetOrAdd(declaration, Create);

    private ControlFlowGraph? Create(SyntaxNode declaration) => declaration switch
    {
        AnonymousFunctionExpressionSyntax lambda => CreateNested(lambda),
        LocalFunctionStatementSyntax local => CreateNested(local),
        _ => CreateOwn(declaration),
    };

    private ControlFlowGraph? CreateOwn(SyntaxNode declaration)
    {
        var operation = ModelOf(declaration.SyntaxTree).GetOperation(declaration);
        return operation switch
        {
            IMethodBodyOperation { Parent: null } body => ControlFlowGraph.Create(body),
            IConstructorBodyOperation { Parent: null } body => ControlFlowGraph.Create(body),
            IBlockOperation { Parent: null } body => ControlFlowGraph.Create(body),
            IFieldInitializerOperation { Parent: null } initializer => ControlFlowGraph.Create(initializer),
            IPropertyInitializerOperation { Parent: null } initializer => ControlFlowGraph.Create(initializer),
            _ => null,
        };
    }

    private ControlFlowGraph? CreateNested(SyntaxNode function) =>
        EnclosingFunction(function) is { } enclosing && Get(enclosing) is { } graph ? FindNested(graph, function) : null;

    /// <summary>The declaration of the member or function whose graph holds the function.</summary>
    private static SyntaxNode? EnclosingFunction(SyntaxNode function)
    {
        for (var node = function.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax:
                case ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax or IndexerDeclarationSyntax }:
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax }:
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } }:
                    return node;
            }
        }

        return null;
    }

    private static ControlFlowGraph? FindNested(ControlFlowGraph graph, SyntaxNode function)
    {
        foreach (var local in graph.LocalFunctions)
        {
            if (local.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() == function))
            {
                return graph.GetLocalFunctionControlFlowGraph(local);
            }
        }

        return AnonymousFunctionsOf(graph).FirstOrDefault(operation => operation.Syntax == function) is { } found
            ? graph.GetAnonymousFunctionControlFlowGraph(found)
            : null;
    }

    private static IEnumerable<IFlowAnonymousFunctionOperation> AnonymousFunctionsOf(ControlFlowGraph graph) =>
        graph.Blocks
            .SelectMany(block => block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
            .SelectMany(operation => operation.DescendantsAndSelf())
            .OfType<IFlowAnonymousFunctionOperation>();
}
