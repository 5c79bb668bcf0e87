using Microsoft.CodeAnalysis;
using MmapAnalyzers.Callbacks;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>The open and close slots of one operation table do not undo each other.</summary>
internal static class MMAP1002OpenAndCloseDoNotBalance
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.OpenAndCloseDoNotBalance,
        Categories.Lifetime,
        RuleLevel.Warning,
        "Let open and close of an area undo each other",
        "{0}: '{1}' {2}, but '{3}' {4}; fork, split and exit of a mapping call one for each call of the other",
        "Every area that open announced ends in close. What open takes close gives back, on every path and under the same conditions; otherwise the count drifts with every fork and partial unmap.");

    /// <summary>Reports at the function to repair, when it is the one under check.</summary>
    public static void Check(RoleCheck check)
    {
        foreach (var binding in check.Roles.Where(binding => binding.Role.Contract.Duties.HasFlag(RoleDuties.BalancesOpposite) && binding.Table is not null))
        {
            var own = binding.Role.Contract;
            if (binding.Table![own.Counterpart!] is null && binding.Table[own.Role]?.Slot is IMethodSymbol)
            {
                CheckLonelyOverride(check, own.Counterpart!);
            }
            else if (binding.Table[own.Role]?.Only is not null && binding.Table[own.Counterpart!]?.Only is { } other
                && check.Functions.ResultOf(other.Function, check.Cancellation) is { IsUnknown: false } opposite && !check.Result.IsUnknown)
            {
                CheckPair(check, other, opposite, isClose: own.Role == "close");
            }
        }
    }

    /// <summary>Reports tables in which only one of the two slots is filled, by a function that counts.</summary>
    public static void CheckTable(OperationTable table, Functions functions, Action<Diagnostic> report, CancellationToken cancellation)
    {
        foreach (var slot in table.Slots.Where(slot => slot.Slot is not IMethodSymbol && slot.Role.Contract.Duties.HasFlag(RoleDuties.BalancesOpposite) && slot.Only is not null))
        {
            var missing = slot.Role.Contract.Counterpart!;
            if (table[missing] is not null || functions.ResultOf(slot.Only!.Function, cancellation) is not { IsUnknown: false } result)
            {
                continue;
            }

            var counted = Balance.KeysOf(result)
                .Where(key => !key.IsCounter || CounterUse.IsCountedBothWays(key.Target, functions, cancellation))
                .Select(key => (Key: key, Net: Balance.Uniform(result, key)))
                .Where(key => key.Net != 0)
                .ToImmutableArray();
            if (counted.Any(key => key.Net is not null))
            {
                ReportEmptySlot(table, slot, missing, counted, result, functions, report);
            }
        }
    }

    /// <summary>A type that overrides one of the two methods and is nobody's base leaves the other as empty as the marked method is.</summary>
    private static void CheckLonelyOverride(RoleCheck check, string missing)
    {
        var type = check.Function.ContainingType;
        if (type.IsAbstract || check.Protocols.SourceTypes.Any(other => SymbolEqualityComparer.Default.Equals(other.BaseType?.OriginalDefinition, type)))
        {
            return;
        }

        foreach (var key in Balance.KeysOf(check.Result).Where(key => !key.IsCounter || CounterUse.IsCountedBothWays(key.Target, check.Functions, check.Cancellation)))
        {
            if (Balance.Uniform(check.Result, key) is { } units && units != 0)
            {
                check.Report(
                    Descriptor,
                    check.NameLocation,
                    SitesOf(check.Result, key),
                    ImmutableDictionary<string, string?>.Empty,
                    Wording.Resource(key),
                    Wording.Function(check.Function),
                    Verb(units),
                    missing,
                    "is empty");
            }
        }
    }

    private static void ReportEmptySlot(
        OperationTable table, SlotValue slot, string missing, ImmutableArray<(CountKey Key, int? Net)> counted, FunctionResult result, Functions functions, Action<Diagnostic> report)
    {
        var function = slot.Only!.Function;
        var (key, net) = counted.First(one => one.Net is not null);
        var repairs = counted.Select(one => one.Net is { } units ? RepairText.Count(one.Key, -units, function, result, functions.Protocols) : null).ToArray();
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        if (OperationTables.Slots(table.Type, functions.Protocols).FirstOrDefault(other => other.Role.Contract.Role == missing).Slot is { } emptySlot
            && function.Parameters is [var parameter]
            && !repairs.Contains(null))
        {
            properties[RepairProperties.Slot] = emptySlot.Name;
            properties[RepairProperties.Insert] = string.Join("\n", repairs);
            properties[RepairProperties.ParameterName] = parameter.Name;
            properties[RepairProperties.ParameterType] = parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        }

        var location = Locations.FirstLineOf(slot.Site);
        report(Diagnostic.Create(
            Descriptor,
            location,
            Locations.OfStory(location, SitesOf(result, key)),
            properties.ToImmutable(),
            Wording.Resource(key),
            Wording.Function(function),
            Verb(net!.Value),
            missing,
            "is empty"));
    }

    private static void CheckPair(RoleCheck check, BoundFunction other, FunctionResult opposite, bool isClose)
    {
        var ownKeys = Balance.KeysOf(check.Result);
        var otherKeys = Balance.KeysOf(opposite).Select(key => Balance.Translate(key, other.Function, check.Function));
        foreach (var key in ownKeys.Union(otherKeys).OrderBy(key => key.ToString(), StringComparer.Ordinal))
        {
            if (key.IsCounter && !CounterUse.IsCountedBothWays(key.Target, check.Functions, check.Cancellation))
            {
                continue;
            }

            var otherKey = Balance.Translate(key, check.Function, other.Function);
            if (Balance.Uniform(check.Result, key) is { } own && Balance.Uniform(opposite, otherKey) is { } others)
            {
                CheckUniform(check, key, own, others, other, opposite, isClose);
            }
            else
            {
                CheckPaths(check, key, otherKey, other, opposite);
            }
        }
    }

    /// <summary>Both sides count the same on all their paths. The side that counts nothing is to blame, otherwise close.</summary>
    private static void CheckUniform(RoleCheck check, CountKey key, int own, int others, BoundFunction other, FunctionResult opposite, bool isClose)
    {
        var isBlamed = own == 0 ? others != 0 : others != 0 && isClose;
        if (own + others == 0 || !isBlamed || BalancedInTotal(check.Result, opposite, key))
        {
            return;
        }

        var properties = ImmutableDictionary<string, string?>.Empty;
        if (own == 0 && RepairText.Count(key, -others, check.Function, opposite, check.Protocols) is { } repair)
        {
            properties = properties.Add(RepairProperties.Insert, repair);
        }

        check.Report(
            Descriptor,
            check.NameLocation,
            SitesOf(check.Result, key).Concat(SitesOf(opposite, key)),
            properties,
            Wording.Resource(key),
            Wording.Function(check.Function),
            Verb(own),
            Wording.Function(other.Function),
            Verb(others));
    }

    /// <summary>The same resource counted on objects that cannot be told to be the same or different.</summary>
    private static bool BalancedInTotal(FunctionResult left, FunctionResult right, CountKey key) =>
        left.CertainReturns.All(own => right.CertainReturns.All(other => Balance.TotalOf(own.Final, key).Add(Balance.TotalOf(other.Final, key)) == Count.Zero));

    /// <summary>One side counts differently on different paths: a path that no path of the other side can answer is to blame.</summary>
    private static void CheckPaths(RoleCheck check, CountKey key, CountKey otherKey, BoundFunction other, FunctionResult opposite)
    {
        if (Balance.Uniform(check.Result, key) is not null || check.Result.Returns.Concat(opposite.Returns).Any(exit => exit.Final.IsMerged))
        {
            return;
        }

        var guards = new GuardComparison(check.Function, check.Result, other.Function, opposite, check.Protocols);
        foreach (var exit in check.Result.CertainReturns)
        {
            var own = Balance.CountOf(exit.Final, key);
            var answers = opposite.CertainReturns.Where(answer => guards.AreCompatible(exit, answer)).ToArray();
            var isAnswered = !own.IsExact || !guards.IsStable(exit)
                || answers.Length == 0
                || answers.Any(answer => !guards.IsStable(answer) || !ExcludesZero(own.Add(Balance.CountOf(answer.Final, otherKey))))
                || answers.Any(answer => !ExcludesZero(Balance.TotalOf(exit.Final, key).Add(Balance.TotalOf(answer.Final, otherKey))));
            if (!isAnswered)
            {
                check.Report(
                    Descriptor,
                    Locations.OfExit(exit, check.Declaration),
                    Story.PlacesOf(exit, key.Resource).Concat(SitesOf(opposite, otherKey)),
                    ImmutableDictionary<string, string?>.Empty,
                    Wording.Resource(key),
                    Wording.Function(check.Function),
                    $"{Verb(own.Low)} {Story.PathOf(exit)}",
                    Wording.Function(other.Function),
                    Verb(Balance.CountOf(answers[0].Final, otherKey).Low));
            }
        }
    }

    private static bool ExcludesZero(Count count) => count.Low > 0 || count.High < 0;

    private static string Verb(int units) => units switch
    {
        0 => "counts nothing",
        > 0 => $"takes {Wording.Units(units)}",
        _ => $"gives back {Wording.Units(units)}",
    };

    private static IEnumerable<SyntaxNode> SitesOf(FunctionResult result, CountKey key) =>
        result.CertainReturns.SelectMany(exit => exit.Final.Trail.Steps()).Where(step => step.Key?.Resource == key.Resource).Select(step => step.Site).Distinct();
}
