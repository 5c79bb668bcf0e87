using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Symbols;

namespace MmapAnalyzers.Rules;

/// <summary>
/// Whether a member somewhere takes units of a resource without giving any back, or gives back without taking: then what is missing in one function another may
/// do. A member that does both, and leaves nothing taken, looks after itself.
/// </summary>
internal sealed class LoneUses(FunctionCheck check)
{
    private static readonly ConditionalWeakTable<Functions, ConcurrentDictionary<(EffectKind Kind, string Resource), bool>> InCompilation = new();

    private readonly TypeSource _source = new(check);

    /// <summary>In the type, its parts and the types inside of it.</summary>
    public bool InType(INamedTypeSymbol type, EffectKind kind, string resource) =>
        _source.DeclarationsOf(type).Any(part => MembersWith(kind, resource, CallsIn(part)));

    /// <summary>Anywhere in the compilation.</summary>
    public bool Anywhere(EffectKind kind, string resource) =>
        InCompilation.GetOrCreateValue(check.Functions).GetOrAdd((kind, resource), key => check.Functions.Compilation.SyntaxTrees.Any(tree => MembersWith(key.Kind, key.Resource, CallsNamed(key.Kind, tree))));

    private bool MembersWith(EffectKind kind, string resource, IEnumerable<InvocationExpressionSyntax> calls) =>
        calls.Where(call => _source.Has(kind, resource, call)).Select(static call => call.FirstAncestorOrSelf<MemberDeclarationSyntax>(static member => member is not BaseTypeDeclarationSyntax))
            .Distinct()
            .Any(member => member is null || !_source.CallsWith(Opposite(kind), resource, member).Any() || MayLeaveIt(member, kind, resource));

    /// <summary>Whether a member that does both may, on some way out, have done the one more often than the other.</summary>
    private bool MayLeaveIt(MemberDeclarationSyntax member, EffectKind kind, string resource) =>
        check.Functions.Graphs.ModelOf(member.SyntaxTree).GetDeclaredSymbol(member, check.Cancellation) is not IMethodSymbol method
        || check.Functions.ResultOf(method, check.Cancellation) is not { IsUnknown: false } result
        || result.Returns.SelectMany(static exit => exit.Final.Counts).Any(counted => counted.Key.Resource == resource && (kind == EffectKind.Acquire ? counted.Value.High > 0 : counted.Value.Low < 0));

    private static EffectKind Opposite(EffectKind kind) => kind == EffectKind.Acquire ? EffectKind.Release : EffectKind.Acquire;

    private static IEnumerable<InvocationExpressionSyntax> CallsIn(SyntaxNode type) => type.DescendantNodes().OfType<InvocationExpressionSyntax>();

    private IEnumerable<InvocationExpressionSyntax> CallsNamed(EffectKind kind, SyntaxTree tree)
    {
        var names = kind == EffectKind.Acquire ? check.Protocols.AcquireNames : check.Protocols.ReleaseNames;
        var positions = IdentifierIndex.Of(tree).PositionsOf([.. names.Select(IdentifierIndex.HashOf)]);
        return positions.Length == 0
            ? []
            : positions.Select(position => tree.GetRoot(check.Cancellation).FindToken(position).Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>()).OfType<InvocationExpressionSyntax>();
    }
}
