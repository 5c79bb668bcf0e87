using Microsoft.CodeAnalysis;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Protocols.Text;

namespace MmapAnalyzers.Rules;

/// <summary>Rows of a protocol text that say of an existing member what it cannot do.</summary>
internal static class RowComplaints
{
    public static IEnumerable<(Word Place, string Complaint)> In(TextCheck check)
    {
        foreach (var row in check.Text.Rows.Where(row => row.Subject.Library is null))
        {
            var described = RowSymbols.Of(row.Subject, check.Compilation).Described;
            var complaints = described.Select(member => ComplaintAbout(row, member)).ToArray();

            // A row for every overload means those that it fits.
            if (complaints.Length > 0 && complaints.All(complaint => complaint is not null))
            {
                yield return complaints[0]!.Value;
            }
        }
    }

    private static (Word Place, string Complaint)? ComplaintAbout(ProtocolRow row, ISymbol member)
    {
        var result = ResultOf(member);
        return row.Target.Name.Text switch
        {
            RowTarget.This when member.IsStatic => (row.Target.Name, $"'{member.Name}' is static and called on no object"),
            RowTarget.Return when result?.SpecialType == SpecialType.System_Void => (row.Target.Name, $"'{member.Name}' returns nothing"),
            _ when row.Verb == RowVerb.MustCheck && result?.SpecialType == SpecialType.System_Void => (row.Subject.Source, $"'{member.Name}' returns nothing that could be looked at"),
            _ => AboutOutcome(row, member, result),
        };
    }

    private static (Word Place, string Complaint)? AboutOutcome(ProtocolRow row, ISymbol member, ITypeSymbol? result)
    {
        if (row.When is not { } when || !Enum.TryParse<Outcome>(when.Name, ignoreCase: true, out var outcome))
        {
            return null;
        }

        var teller = when.Parameter is { } name
            ? RowReader.OrdinalOf(name, member) is { } ordinal ? AttributeArguments.Parameters(member)[ordinal].Type : null
            : row.IsAwaited && result is INamedTypeSymbol { TypeArguments: [var awaited] } ? awaited : result;
        return teller is null || teller.TypeKind == TypeKind.Error || OutcomeSense.CanBe(outcome, teller)
            ? null
            : (when.Parameter ?? row.Target.Name, $"a value of type '{teller.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' is never {when.Name}");
    }

    private static ITypeSymbol? ResultOf(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: not MethodKind.Constructor } method => method.ReturnType,
        IPropertySymbol property => property.Type,
        INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => invoke.ReturnType,
        _ => null,
    };
}
