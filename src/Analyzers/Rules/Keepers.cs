using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>Which members of a type keep units of a resource, and which values are exempt from counting.</summary>
internal sealed class Keepers(RoleCheck check)
{
    private readonly TypeSource _source = new(check);

    /// <summary>How many units of the key the path has stored in members that keep them.</summary>
    public int UnitsKept(State state, CountKey key) =>
        state.Heap.Count(written => written.Value.Equals(key.Target) && MemberOf(written.Key) is { } member && Keeps(member, key.Resource));

    /// <summary>Whether the value may be exempt from counting: some method of the type exempts what may come from the same member.</summary>
    public bool IsPinned(CountKey key)
    {
        var member = MemberOf(key.Target);
        return Bodies().SelectMany(body => _source.CallsWith(EffectKind.Pin, key.Resource, body)).Any(call => member is null || !NamesAnotherMember(call, member));
    }

    /// <summary>Whether the value comes from a member for which some method of the type takes units: then it may come with one.</summary>
    public bool IsTakenElsewhere(CountKey key) =>
        MemberOf(key.Target) is { } member && Bodies().Any(body => _source.MentionsOf(member, body).Any() && _source.CallsWith(EffectKind.Acquire, key.Resource, body).Any());

    /// <summary>Whether the place that the value was read from holds something else by now: then its unit went along with the value.</summary>
    public static bool WasTakenOut(State state, CountKey key) =>
        key.Target.Kind == TermKind.Member && state.Heap.TryGetValue(key.Target.AsLocation(), out var now) && !now.Equals(key.Target);

    /// <summary>A member keeps a unit if its values are given back somewhere, or handed out with a unit of their own somewhere else in the function.</summary>
    private bool Keeps(ISymbol member, string resource) =>
        Bodies().Any(body => _source.MentionsOf(member, body).Any() && _source.CallsWith(EffectKind.Release, resource, body).Any())
        || check.Result.Returns.SelectMany(exit => exit.Final.Counts).Any(counted => counted.Key.Resource == resource && counted.Value.Low > 0
            && SymbolEqualityComparer.Default.Equals(MemberOf(counted.Key.Target), member));

    /// <summary>The field or property that a place is, or is an element of.</summary>
    private static ISymbol? MemberOf(Term place)
    {
        while (place is { Kind: TermKind.Member, Symbol: null or IPropertySymbol { IsIndexer: true }, Operands.Length: > 0 })
        {
            place = place.Operands[0];
        }

        return place.Kind == TermKind.Member ? place.Symbol : null;
    }

    private IEnumerable<MemberDeclarationSyntax> Bodies()
    {
        for (var type = check.Function.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (var body in _source.DeclarationsOf(type).SelectMany(declaration => declaration.ChildNodes()).OfType<MemberDeclarationSyntax>())
            {
                yield return body;
            }
        }
    }

    /// <summary>Whether an argument of the call is an element or the value of a member other than the one.</summary>
    private bool NamesAnotherMember(InvocationExpressionSyntax call, ISymbol member) =>
        call.ArgumentList.Arguments
            .Select(argument => argument.Expression is ElementAccessExpressionSyntax element ? element.Expression : argument.Expression)
            .Any(named => _source.SymbolOf(named) is IFieldSymbol or IPropertySymbol && !SymbolEqualityComparer.Default.Equals(_source.SymbolOf(named), member));
}
