using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>A callback returns a counted value without a reference for the caller to keep.</summary>
internal static class MMAP2001PageReturnedWithoutReference
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.PageReturnedWithoutReference,
        Categories.Page,
        RuleLevel.Warning,
        "Take a reference for the page that nopage returns",
        "The '{0}' returned here comes without a reference {1}: the unmap gives one back, which is then the driver's own",
        "The page table entry that the core makes owns one reference, and unmap gives it back. A page that nopage returns carries that reference; a freshly allocated page already has one, a page that the driver keeps needs another.");

    public static void Check(RoleCheck check)
    {
        foreach (var role in check.Roles.Select(binding => binding.Role).Where(role => role is { Resource: not null } && role.Contract.Duties.HasFlag(RoleDuties.ReturnsCountedValue)).Distinct())
        {
            foreach (var exit in check.Result.CertainReturns.Where(exit => Balance.MaySucceed(exit, role)))
            {
                CheckExit(check, role, exit);
            }
        }
    }

    private static void CheckExit(RoleCheck check, Role role, Exit exit)
    {
        if (exit.Final.ReturnValue is not { } returned || !IsBare(check, role, exit))
        {
            return;
        }

        check.Report(
            Descriptor,
            Locations.OfExit(exit, check.Declaration),
            Story.PlacesOf(exit, role.Resource),
            IsReachedCounted(check, role, exit) ? ImmutableDictionary<string, string?>.Empty : Repair(check, role, exit, returned),
            role.Resource!,
            Story.PathOf(exit));
    }

    /// <summary>Whether another path leaves by the same statement with a reference: a second one must not be taken there.</summary>
    private static bool IsReachedCounted(RoleCheck check, Role role, Exit exit) =>
        check.Result.Returns.Any(other => ReferenceEquals(other.Site, exit.Site) && Balance.MaySucceed(other, role)
            && other.Final.ReturnValue is { Kind: not TermKind.Constant } && !IsBare(check, role, other));

    /// <summary>Whether the value is seen to leave without a reference.</summary>
    private static bool IsBare(RoleCheck check, Role role, Exit exit)
    {
        if (exit.Final.ReturnValue is not { } returned || returned.Kind == TermKind.Constant)
        {
            return false;
        }

        var key = new CountKey(role.Resource!, returned);
        var keeper = new Keepers(check);
        var carried = exit.Final.CountOf(key).Add(-keeper.UnitsKept(exit.Final, key));
        return carried.High < 1
            && IsSeenToBeBorrowed(check, returned)
            && !Keepers.WasTakenOut(exit.Final, key)
            && !keeper.IsPinned(key)
            && !IsAskedAboutItsCount(check, exit.Final, returned)
            && !MayBeCountedUnderAnotherName(exit.Final, key, keeper);
    }

    /// <summary>
    /// Whether the value comes from where values stay: a member, a parameter, a call that only looks. What a call of other code returns may
    /// have been taken out of somewhere, together with its unit.
    /// </summary>
    private static bool IsSeenToBeBorrowed(RoleCheck check, Term returned) =>
        returned.Kind != TermKind.Fresh
        || Lookups.LeavesValueInPlace(returned.Site!, check.Functions.Graphs, check.Cancellation)
        || (returned.Site is InvocationExpressionSyntax && check.Protocols.Get(check.Functions.Graphs.ModelOf(returned.Site.SyntaxTree).GetSymbolInfo(returned.Site, check.Cancellation).Symbol ?? check.Function).Effects.Any(effect => effect.Target == EffectTarget.Return));

    /// <summary>The path has asked the counted object about itself, as whether it is reserved, and goes by the answer.</summary>
    private static bool IsAskedAboutItsCount(RoleCheck check, State state, Term returned) =>
        state.Facts.Keys.Any(fact => fact.Any(part => part is { Kind: TermKind.Member, Symbol: not null, Operands: [var owner, ..] } && owner.Equals(returned) && check.Protocols.DescribesCountedObject(part.Symbol)));

    /// <summary>References were taken on this path for a value that may be the returned one, by a name that does not show it.</summary>
    private static bool MayBeCountedUnderAnotherName(State state, CountKey key, Keepers keeper) =>
        state.Counts.Any(counted => counted.Key.Resource == key.Resource && !counted.Key.Equals(key)
            && counted.Value.Add(-keeper.UnitsKept(state, counted.Key)).High > 0
            && !AreElementsApart(counted.Key.Target, key.Target));

    /// <summary>Two elements of one container with different indices that both are known to the path.</summary>
    private static bool AreElementsApart(Term left, Term right) =>
        left is { Kind: TermKind.Member, Operands.Length: > 1 } && right is { Kind: TermKind.Member, Operands.Length: > 1 }
        && left.Operands[0].Equals(right.Operands[0])
        && !left.Equals(right)
        && !left.Any(part => part.Kind == TermKind.Fresh)
        && !right.Any(part => part.Kind == TermKind.Fresh);

    private static ImmutableDictionary<string, string?> Repair(RoleCheck check, Role role, Exit exit, Term returned)
    {
        var type = check.Function.ReturnType;
        if (RepairText.CountValue(role.Resource!, EffectKind.Acquire, type, check.Function, check.Protocols) is not { } repair)
        {
            return ImmutableDictionary<string, string?>.Empty;
        }

        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties[RepairProperties.Insert] = repair;
        properties[RepairProperties.LocalName] = role.Resource;
        if (!exit.Final.IsKnownNotToBe(returned, Term.Null))
        {
            properties[RepairProperties.NotNullTest] = RepairText.NotNull(type, check.Protocols);
        }

        return properties.ToImmutable();
    }
}
