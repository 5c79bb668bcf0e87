using Microsoft.CodeAnalysis;
using MmapAnalyzers.Callbacks;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>A callback that sets up a mapping leaves with success without having taken what the installed table's close gives back.</summary>
internal static class MMAP1001FirstMappingNotCounted
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.FirstMappingNotCounted,
        Categories.Lifetime,
        RuleLevel.Warning,
        "Count the first mapping in mmap",
        "{0} is {1} for the first mapping {2}, but '{3}' gives back {4} when the mapping goes: open does not run for the first mapping, mmap counts it itself",
        "Open runs for copies of a mapping only: for fork and for the pieces of a split. The first mapping is made by mmap, which must take exactly what close will give back.");

    public static void Check(RoleCheck check)
    {
        foreach (var role in check.Roles.Select(binding => binding.Role).Where(role => role.Contract.Duties.HasFlag(RoleDuties.CountsForInstalledTable)).Distinct())
        {
            foreach (var exit in check.Result.CertainReturns.Where(exit => Balance.MaySucceed(exit, role)))
            {
                CheckExit(check, role, exit);
            }
        }
    }

    private static void CheckExit(RoleCheck check, Role role, Exit exit)
    {
        foreach (var installed in exit.Final.Heap.Where(written => IsOnParameter(written.Key) && !exit.Final.IsKnownToBe(written.Value, Term.Null)))
        {
            var tables = check.Callbacks.TablesOf(installed.Value, check.Function.ContainingType, check.Cancellation);
            var missing = tables.Select(table => Missing(check, role, exit, table)).ToArray();
            if (tables.All(table => MayBeTaken(exit, installed.Value, table)) && missing.Length > 0 && missing.All(found => !found.IsEmpty))
            {
                Report(check, role, exit, tables[0], missing[0]);
            }
        }
    }

    /// <summary>A path that found a slot empty is none if the table is known to fill it.</summary>
    private static bool MayBeTaken(Exit exit, Term value, OperationTable table) =>
        !table.Slots.Any(slot => slot.Only is not null && slot.Slot is IPropertySymbol or IFieldSymbol
            && exit.Final.IsKnownToBe(Term.Member(value, slot.Slot, [], null), Term.Null));

    private static bool IsOnParameter(Term location) => location.Any(part => part.Kind == TermKind.Parameter);

    /// <summary>For every count that the table's counterpart slot gives back and this exit has not taken just as often: what is missing.</summary>
    private static ImmutableArray<(CountKey Key, int Needed, Count Taken)> Missing(RoleCheck check, Role role, Exit exit, OperationTable table)
    {
        if (table[role.Contract.Counterpart!]?.Only is not { } close || check.Functions.ResultOf(close.Function, check.Cancellation) is not { IsUnknown: false } closing)
        {
            return [];
        }

        var missing = ImmutableArray.CreateBuilder<(CountKey, int, Count)>();
        foreach (var key in Balance.KeysOf(closing))
        {
            if (Balance.Uniform(closing, key) is not { } given || given == 0 || (!key.IsCounter && given > 0) || (key.IsCounter && !IsMirrored(check, table, key, given, close.Function)))
            {
                continue;
            }

            var own = Balance.Translate(key, close.Function, check.Function);
            var taken = Balance.ShareThis(close.Function, check.Function) ? Balance.CountOf(exit.Final, own) : Balance.TotalOf(exit.Final, own);
            var total = Balance.TotalOf(exit.Final, own);
            if (Excludes(taken, -given) && Excludes(total, -given))
            {
                missing.Add((own, -given, taken));
            }
        }

        return missing.ToImmutable();
    }

    private static bool Excludes(Count count, int units) => count.High < units || count.Low > units;

    /// <summary>A plain integer is a counter of areas only if open does to it the opposite of what close does.</summary>
    private static bool IsMirrored(RoleCheck check, OperationTable table, CountKey key, int given, IMethodSymbol close) =>
        table["open"]?.Only is { } open
        && check.Functions.ResultOf(open.Function, check.Cancellation) is { IsUnknown: false } opening
        && Balance.Uniform(opening, Balance.Translate(key, close, open.Function)) == -given;

    private static void Report(RoleCheck check, Role role, Exit exit, OperationTable table, ImmutableArray<(CountKey Key, int Needed, Count Taken)> missing)
    {
        var close = table[role.Contract.Counterpart!]!;
        var (key, needed, taken) = missing[0];
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        AddRepair(check, role, exit, table, missing, properties);
        check.Report(
            Descriptor,
            Locations.OfExit(exit, check.Declaration),
            Story.PlacesOf(exit, key.Resource).Append(close.Site),
            properties.ToImmutable(),
            Wording.Resource(key),
            taken.Low > needed ? $"taken {Wording.Times(taken.Low)}" : "not taken",
            Story.PathOf(exit),
            Wording.Function(close.Only!.Function),
            Wording.Units(needed));
    }

    private static void AddRepair(
        RoleCheck check, Role role, Exit exit, OperationTable table, ImmutableArray<(CountKey Key, int Needed, Count Taken)> missing, ImmutableDictionary<string, string?>.Builder properties)
    {
        var needsTest = role.Success != Outcome.Always && exit.Final.ReturnValue is { } returned
            && !(returned.Kind == TermKind.Constant && exit.Site is { } site && check.SemanticModel.GetConstantValue(site).HasValue);
        var successValue = needsTest ? RepairText.SuccessValue(check.Function.ReturnType, role.Success) : null;
        if (missing.Any(one => !one.Taken.IsExact || one.Taken.Low > one.Needed) || (needsTest && successValue is null) || IsReachedCounted(check, role, exit, table))
        {
            return;
        }

        var open = table["open"]?.Only;
        var model = open is null ? FunctionResult.Unknown : check.Functions.ResultOf(open.Function, check.Cancellation);
        var statements = missing.Select(one => RepairText.Count(one.Key, one.Needed - one.Taken.Low, check.Function, model, check.Protocols)).ToArray();
        if (statements.All(statement => statement is not null))
        {
            properties[RepairProperties.Insert] = string.Join("\n", statements);
        }

        if (open is not null && TakesJust(missing, model, check.Function, open.Function))
        {
            properties[RepairProperties.InsertCall] = RepairText.Call(open, check.Function);
        }

        if (successValue is not null)
        {
            properties[RepairProperties.SuccessValue] = successValue;
        }
    }

    /// <summary>Whether another path leaves by the same statement with all counts taken: what is inserted there would count twice.</summary>
    private static bool IsReachedCounted(RoleCheck check, Role role, Exit exit, OperationTable table) =>
        check.Result.Returns.Any(other => ReferenceEquals(other.Site, exit.Site) && Balance.MaySucceed(other, role)
            && other.Final.Heap.Any(written => IsOnParameter(written.Key))
            && (!other.Final.IsCertain || Missing(check, role, other, table).IsEmpty));

    /// <summary>Whether open takes what is missing and nothing else.</summary>
    private static bool TakesJust(ImmutableArray<(CountKey Key, int Needed, Count Taken)> missing, FunctionResult opening, IMethodSymbol scope, IMethodSymbol open)
    {
        var taken = Balance.KeysOf(opening).Where(key => Balance.Uniform(opening, key) != 0).ToArray();
        return taken.Length == missing.Length
            && missing.All(one => one.Taken == Count.Zero && Balance.Uniform(opening, Balance.Translate(one.Key, scope, open)) == one.Needed);
    }
}
