using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using MmapAnalyzers.Callbacks;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>Follows counted resources through functions that the protocols concern and hands each result to every check.</summary>
/// <remarks>Everything is reported from operation blocks, in the file where the squiggle stands, so that editors show it while one types.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ProtocolAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableArray<Action<RoleCheck>> RoleChecks =
    [
        MMAP1001FirstMappingNotCounted.Check,
        MMAP1002OpenAndCloseDoNotBalance.Check,
        MMAP1005TransferredNotCounted.Check,
        MMAP2001PageReturnedWithoutReference.Check,
        MMAP3001ResultIgnored.Check,
    ];

    private static readonly ImmutableArray<Action<FunctionCheck>> UnitChecks =
    [
        MMAP4001NotReleased.Check,
        MMAP4002ReleasedTwice.Check,
        MMAP4003UsedAfterRelease.Check,
        MMAP4004FieldNeverReleased.Check,
        MMAP4005AcquireOutcomeIgnored.Check,
        MMAP4006HeldUnitOverwritten.Check,
        MMAP4007WrongRelease.Check,
        MMAP4008UsedWithoutUnit.Check,
        MMAP4009ReleasedAfterFailure.Check,
        MMAP4010ReleasedThoughAcquireThrew.Check,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        MMAP1001FirstMappingNotCounted.Descriptor,
        MMAP1002OpenAndCloseDoNotBalance.Descriptor,
        MMAP1005TransferredNotCounted.Descriptor,
        MMAP2001PageReturnedWithoutReference.Descriptor,
        MMAP3001ResultIgnored.Descriptor,
        MMAP4001NotReleased.Descriptor,
        MMAP4001NotReleased.PossibleDescriptor,
        MMAP4002ReleasedTwice.Descriptor,
        MMAP4003UsedAfterRelease.Descriptor,
        MMAP4004FieldNeverReleased.Descriptor,
        MMAP4005AcquireOutcomeIgnored.Descriptor,
        MMAP4006HeldUnitOverwritten.Descriptor,
        MMAP4007WrongRelease.Descriptor,
        MMAP4008UsedWithoutUnit.Descriptor,
        MMAP4009ReleasedAfterFailure.Descriptor,
        MMAP4010ReleasedThoughAcquireThrew.Descriptor,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            var protocols = ProjectProtocols.Of(start.Compilation, start.Options, start.CancellationToken);
            var compilation = new CompilationCheck(start.Compilation, protocols);
            start.RegisterCodeBlockAction(compilation.CheckUnits);
            if (protocols.HasAttributes)
            {
                start.RegisterOperationBlockAction(compilation.CheckRoles);
            }
        });
    }

    /// <summary>The checks of one compilation, with what they share.</summary>
    private sealed class CompilationCheck
    {
        private readonly object _building = new();
        private readonly Mentions _mentions;
        private readonly CountingCode _countingCode;
        private readonly Functions _functions;
        private readonly Functions _counting;
        private CallbackIndex? _callbacks;
        private MustCheckReach? _mustCheck;

        public CompilationCheck(Compilation compilation, ProtocolBinder protocols)
        {
            _mentions = new Mentions(compilation, protocols);
            _functions = new Functions(compilation, protocols);
            _countingCode = new CountingCode(protocols, _mentions, _functions);
            _counting = new Functions(compilation, protocols, _countingCode.IsIn, source => _countingCode.IsIn(source.SyntaxTree, source.Span, CancellationToken.None), _mentions.ThrowIn);
        }

        /// <summary>Looks only where something that counts is mentioned: nothing else is bound.</summary>
        public void CheckUnits(CodeBlockAnalysisContext context)
        {
            if (!_mentions.Any(context.CodeBlock.SyntaxTree, context.CodeBlock.Span, context.CancellationToken))
            {
                return;
            }

            foreach (var (function, declaration) in FunctionsIn(context))
            {
                if (_countingCode.IsIn(declaration.SyntaxTree, declaration.Span, context.CancellationToken))
                {
                    var result = _counting.ResultOf(function, context.CancellationToken);
                    var check = new FunctionCheck(function, declaration, result, _counting, context.ReportDiagnostic, context.CancellationToken)
                    {
                        HasRole = _functions.Protocols.HasAttributes && Indexes(context.CancellationToken).Callbacks.RolesOf(function).Any(),
                    };
                    foreach (var run in UnitChecks)
                    {
                        run(check);
                    }
                }
            }
        }

        public void CheckRoles(OperationBlockAnalysisContext context)
        {
            var (callbacks, mustCheck) = Indexes(context.CancellationToken);
            foreach (var block in context.OperationBlocks)
            {
                foreach (var table in callbacks.TablesIn(block.Syntax))
                {
                    MMAP1002OpenAndCloseDoNotBalance.CheckTable(table, _functions, context.ReportDiagnostic, context.CancellationToken);
                }

                foreach (var (function, declaration) in FunctionsIn(context.OwningSymbol, block, context.CancellationToken))
                {
                    var roles = callbacks.RolesOf(function).ToImmutableArray();
                    if (!roles.IsEmpty || mustCheck.Reaches(declaration))
                    {
                        var result = _functions.ResultOf(function, context.CancellationToken);
                        var check = new RoleCheck(function, declaration, result, roles, _functions, callbacks, context.ReportDiagnostic, context.CancellationToken);
                        foreach (var run in RoleChecks)
                        {
                            run(check);
                        }
                    }
                }
            }
        }

        /// <summary>Built once; a cancelled attempt leaves nothing behind.</summary>
        private (CallbackIndex Callbacks, MustCheckReach MustCheck) Indexes(CancellationToken cancellation)
        {
            lock (_building)
            {
                _callbacks ??= CallbackIndex.Create(_functions, cancellation);
                _mustCheck ??= MustCheckReach.Create(_functions, cancellation);
                return (_callbacks, _mustCheck);
            }
        }

        private static IEnumerable<(IMethodSymbol Function, SyntaxNode Declaration)> FunctionsIn(CodeBlockAnalysisContext context)
        {
            if (context.OwningSymbol is IMethodSymbol method)
            {
                yield return (method, context.CodeBlock);
            }

            foreach (var node in context.CodeBlock.DescendantNodes())
            {
                var nested = node switch
                {
                    AnonymousFunctionExpressionSyntax => context.SemanticModel.GetSymbolInfo(node, context.CancellationToken).Symbol,
                    LocalFunctionStatementSyntax => context.SemanticModel.GetDeclaredSymbol(node, context.CancellationToken),
                    _ => null,
                };
                if (nested is IMethodSymbol function)
                {
                    yield return (function, node);
                }
            }
        }

        /// <summary>The member that owns the block, and the lambdas and local functions in it.</summary>
        private static IEnumerable<(IMethodSymbol Function, SyntaxNode Declaration)> FunctionsIn(ISymbol owner, IOperation block, CancellationToken cancellation)
        {
            if (owner is IMethodSymbol method)
            {
                foreach (var declaration in method.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).Where(declaration => declaration.Span.Contains(block.Syntax.Span) && declaration.SyntaxTree == block.Syntax.SyntaxTree))
                {
                    yield return (method, declaration);
                }
            }

            foreach (var operation in block.Descendants())
            {
                switch (operation)
                {
                    case IAnonymousFunctionOperation lambda:
                        yield return (lambda.Symbol, lambda.Syntax);
                        break;
                    case ILocalFunctionOperation local:
                        yield return (local.Symbol, local.Syntax);
                        break;
                }
            }
        }
    }
}
