using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>What messages call a unit, the calls that take and give it back, and the ways out of a function.</summary>
internal static class UnitText
{
    /// <summary>The unit, at the beginning of a sentence.</summary>
    public static string Subject(FunctionCheck check, CountKey key)
    {
        var noun = Noun(check, key);
        return char.ToUpper(noun[0], CultureInfo.InvariantCulture) + noun.Substring(1);
    }

    /// <summary>The unit, within a sentence; with the object that it is counted on where that has a name.</summary>
    public static string Noun(FunctionCheck check, CountKey key)
    {
        if (key.IsCounter)
        {
            return $"the count in '{key.Target.Symbol?.Name}'";
        }

        var resource = check.Protocols.Describe(key.Resource);
        return !resource.IsValue && TermText.Of(key.Target, check.Function) is { Length: > 0 } name ? $"{resource.Noun} on '{name}'" : resource.Noun;
    }

    public static string Call(SyntaxNode? call) => call switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name.Identifier.ValueText,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax member } => member.Name.Identifier.ValueText,
        InvocationExpressionSyntax { Expression: SimpleNameSyntax name } => name.Identifier.ValueText,
        ObjectCreationExpressionSyntax creation => $"new {creation.Type}",
        null => string.Empty,
        _ => call.ToString(),
    };

    /// <summary>How the path leaves: by which exception, or by the conditions that lead to the exit.</summary>
    public static string Exit(Exit exit) => (exit.Throws, exit.Final.ThrowSite) switch
    {
        (true, ThrowStatementSyntax or ThrowExpressionSyntax) => $"when the exception is thrown {Conditions(exit)}".TrimEnd(),
        (true, { Parent: ThrowStatementSyntax or ThrowExpressionSyntax } thrown) => $"when '{Shorten(thrown)}' is thrown {Conditions(exit)}".TrimEnd(),
        (true, { } call) => $"when '{Call(call)}' throws",
        _ => Story.PathOf(exit),
    };

    private static string Conditions(Exit exit) => Story.PathOf(exit) is var path && path.StartsWith("when ", StringComparison.Ordinal) ? $"because {path.Substring("when ".Length)}" : string.Empty;

    private static string Shorten(SyntaxNode thrown) => thrown is ObjectCreationExpressionSyntax creation ? $"new {creation.Type}(…)" : thrown.ToString();
}
