using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>A call that can fail half way is made, and nobody looks at how it went.</summary>
internal static class MMAP3001ResultIgnored
{
    public static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.ResultIgnored,
        Categories.Setup,
        RuleLevel.Warning,
        "Look at the result of a remap",
        "The result of '{0}' is not looked at {1}: when it fails, the caller goes on as if it had done its work",
        "Remapping can fail after a part of the pages is mapped. A driver that reports success all the same leaves the user with anonymous memory where the device should be.");

    public static void Check(RoleCheck check)
    {
        foreach (var ignored in check.Result.Ignored.Where(ignored => check.Declaration.Span.Contains(ignored.Call.Span) && !MMAP4005AcquireOutcomeIgnored.IsAcquire(check, ignored.Call)))
        {
            check.Report(
                Descriptor,
                Locations.FirstLineOf(ignored.Call),
                [ignored.LostAt],
                Repair(check, ignored.Call),
                NameOf(ignored.Call),
                ignored.LostAt is { } exit ? $"on the path that leaves with '{exit}'" : "before it is lost");
        }
    }

    private static string NameOf(SyntaxNode call) => call switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name.Identifier.ValueText,
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax name } => name.Identifier.ValueText,
        _ => call.ToString(),
    };

    /// <summary>The enclosing function can hand the result on if it returns the same type, or say false.</summary>
    private static ImmutableDictionary<string, string?> Repair(RoleCheck check, SyntaxNode call)
    {
        if (check.SemanticModel.GetTypeInfo(call, check.Cancellation).Type is not { } type)
        {
            return ImmutableDictionary<string, string?>.Empty;
        }

        var success = RepairText.SuccessValue(type, type.SpecialType == SpecialType.System_Boolean ? Outcome.True : Outcome.Zero);
        var returned = check.Function.ReturnType;
        var properties = ImmutableDictionary<string, string?>.Empty.Add(RepairProperties.SuccessValue, success);
        if (SymbolEqualityComparer.Default.Equals(returned, type))
        {
            return properties.Add(RepairProperties.LocalName, type.TypeKind == TypeKind.Enum ? "error" : "result");
        }

        return returned.SpecialType == SpecialType.System_Boolean ? properties.Add(RepairProperties.Insert, "return false;") : ImmutableDictionary<string, string?>.Empty;
    }
}
