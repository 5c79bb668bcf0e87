using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>Which acquires and which assignments a release belongs to.</summary>
internal static class Scopes
{
    /// <summary>
    /// The acquires that a release may give back: those of the same value in the innermost scope that has any, function, member, type or file; where none is of the
    /// same value, those of the resource.
    /// </summary>
    public static ImmutableArray<SyntaxNode> AcquiresOf(BoundUsage usage, Site release) =>
        ScopesOf(release.Call).Select(scope => AcquiresIn(usage, scope, release)).FirstOrDefault(static found => !found.IsEmpty, []);

    /// <summary>The acquires of the same value in the function of the release.</summary>
    public static ImmutableArray<SyntaxNode> AcquiresInFunctionOf(BoundUsage usage, Site release) => AcquiresIn(usage, release.Function, release);

    /// <summary>The releases of the same value in the function of the acquire.</summary>
    public static ImmutableArray<Site> ReleasesInFunctionOf(BoundUsage usage, Site acquire) =>
        [.. usage.Releases.Where(release => release.Function == acquire.Function && release.Resource == acquire.Resource && AreSame(usage, acquire, release))];

    /// <summary>Where what holds the value is assigned anew, in the function of the release.</summary>
    public static IEnumerable<SyntaxNode> OverwritesOf(BoundUsage usage, Site release) =>
        release.Function.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment => usage.Aliases.AreSame(usage.Aliases.NamedBy(assignment.Left), release.Value));

    /// <summary>Where other members call the function of the release: what goes wrong inside is wrong there for a caller that has taken the unit itself, or by a call.</summary>
    public static IEnumerable<SyntaxNode> CallersOf(BoundUsage usage, Site site) =>
        usage.Model.GetDeclaredSymbol(site.Function) is { } function ? CallsOf(usage, function).Concat(EndsOf(usage, function)) : [];

    private static IEnumerable<SyntaxNode> CallsOf(BoundUsage usage, ISymbol function) =>
        usage.Root.DescendantNodes().OfType<ExpressionSyntax>().Where(call => call is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax
            && SymbolEqualityComparer.Default.Equals(usage.Model.GetSymbolInfo(call).Symbol?.OriginalDefinition, function));

    /// <summary>A <c>using</c> calls <c>Dispose</c>, and takes what it makes.</summary>
    private static IEnumerable<SyntaxNode> EndsOf(BoundUsage usage, ISymbol function) => function.Name != "Dispose" ? [] :
        usage.Root.DescendantNodes().Where(node => node is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 })
            .SelectMany(static node => node.DescendantNodes().OfType<ExpressionSyntax>().Take(node is UsingStatementSyntax ? 3 : int.MaxValue))
            .Where(value => SymbolEqualityComparer.Default.Equals(usage.Model.GetTypeInfo(value).Type?.OriginalDefinition, function.ContainingType));

    private static ImmutableArray<SyntaxNode> AcquiresIn(BoundUsage usage, SyntaxNode scope, Site release)
    {
        var acquires = usage.Acquires.Where(acquire => acquire.Resource == release.Resource && scope.Span.Contains(acquire.Call.Span)).ToArray();
        var same = acquires.Where(acquire => AreSame(usage, acquire, release)).ToArray();
        var found = (same.Length > 0 ? same : acquires).Select(static acquire => acquire.Call);
        return [.. found.Concat(CallsOfTakers(usage, scope, release)).Distinct()];
    }

    /// <summary>Calls of functions that take a unit and hand it out: to their callers they are acquires.</summary>
    private static IEnumerable<SyntaxNode> CallsOfTakers(BoundUsage usage, SyntaxNode scope, Site release) =>
        from call in scope.DescendantNodes().OfType<ExpressionSyntax>()
        where call is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax
        let callee = usage.Model.GetSymbolInfo(call).Symbol?.OriginalDefinition
        where callee is not null && usage.Aliases.AreSame(callee, release.Value) || callee is IMethodSymbol { MethodKind: MethodKind.Constructor }
        where usage.Acquires.Any(acquire => acquire.Resource == release.Resource && SymbolEqualityComparer.Default.Equals(usage.Model.GetDeclaredSymbol(acquire.Function), callee))
        select (SyntaxNode)call;

    private static bool AreSame(BoundUsage usage, Site acquire, Site release) => usage.Aliases.AreSame(acquire.Value, release.Value);

    private static IEnumerable<SyntaxNode> ScopesOf(SyntaxNode node) =>
        node.Ancestors().Where(static ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or MemberDeclarationSyntax or CompilationUnitSyntax);
}
