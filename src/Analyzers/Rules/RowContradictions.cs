using MmapAnalyzers.Protocols;
using MmapAnalyzers.Protocols.Text;

namespace MmapAnalyzers.Rules;

/// <summary>Rows of a protocol text that cannot be true together, and resources that only come or only go.</summary>
internal static class RowContradictions
{
    public static IEnumerable<(Word Place, string Complaint)> In(TextCheck check) => BothWays(check.Text).Concat(OneWay(check));

    private static IEnumerable<(Word Place, string Complaint)> BothWays(ProtocolText text)
    {
        foreach (var group in text.Rows.Where(IsCount).GroupBy(row => (row.Resource.Text, row.Target.Name.Text, row.Target.Element, row.Subject.Library, row.Subject.Key)))
        {
            foreach (var release in group.Where(row => row.Verb == RowVerb.Releases))
            {
                if (group.FirstOrDefault(acquire => acquire.Verb == RowVerb.Acquires && CanMeet(acquire, release)) is { } acquire)
                {
                    yield return Later(acquire, release) is var later && later == acquire
                        ? (later.Resource, $"line {release.Resource.Line + 1} says that the same unit is released then")
                        : (later.Resource, $"line {acquire.Resource.Line + 1} says that the same unit is acquired then");
                }
            }
        }
    }

    private static IEnumerable<(Word Place, string Complaint)> OneWay(TextCheck check)
    {
        var all = check.AllTexts.Concat(BuiltInProtocols.Index.Texts).SelectMany(text => text.Rows).ToArray();
        var taken = new HashSet<string>(all.Where(row => row.Verb == RowVerb.Acquires).Select(row => row.Resource.Text));
        var given = new HashSet<string>(all.Where(row => row.Verb is RowVerb.Releases or RowVerb.Transfers).Select(row => row.Resource.Text));
        var stated = new Lazy<ILookup<EffectKind, string>>(() => StatedByAttributes(check));
        foreach (var row in check.Text.Rows.Where(IsCount).GroupBy(row => row.Resource.Text).Select(group => group.First()))
        {
            var name = row.Resource.Text;
            if (!given.Contains(name) && !stated.Value[EffectKind.Release].Concat(stated.Value[EffectKind.Transfer]).Contains(name))
            {
                yield return (row.Resource, $"nothing releases '{name}'");
            }
            else if (!taken.Contains(name) && !stated.Value[EffectKind.Acquire].Contains(name))
            {
                yield return (row.Resource, $"nothing acquires '{name}'");
            }
        }
    }

    /// <summary>Asked only when the texts alone leave a question.</summary>
    private static ILookup<EffectKind, string> StatedByAttributes(TextCheck check)
    {
        var protocols = ProtocolBinder.Create(check.Compilation);
        return protocols.CarrierTypes.SelectMany(type => type.GetMembers()).SelectMany(member => protocols.Get(member).Effects).ToLookup(effect => effect.Kind, effect => effect.Resource);
    }

    private static bool IsCount(ProtocolRow row) => row.Verb is RowVerb.Acquires or RowVerb.Releases;

    private static ProtocolRow Later(ProtocolRow one, ProtocolRow other) => one.Resource.Line > other.Resource.Line ? one : other;

    private static bool CanMeet(ProtocolRow one, ProtocolRow other) =>
        one.Subject.Overlaps(other.Subject)
        && RowOutcome.Overlap(one.When, other.When)
        && !one.Conditions.Any(condition => other.Conditions.Any(opposite => condition.Excludes(opposite)));
}
