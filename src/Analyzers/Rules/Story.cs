using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>Tells in words and places how a path went.</summary>
internal static class Story
{
    private const int ConditionsTold = 2;
    private const int LongestCondition = 60;

    /// <summary>The path in words: its last conditions, or that there is only one.</summary>
    public static string PathOf(Exit exit)
    {
        var told = Conditions(exit)
            .Select(step => string.Format(CultureInfo.InvariantCulture, "'{0}' is {1}", Shorten(TextOf(step.Site)), ValueOf(step.Kind)))
            .Distinct()
            .ToArray();
        var conditions = told.Skip(told.Length - ConditionsTold).ToArray();
        return conditions.Length == 0 ? "on every path to this exit" : $"when {string.Join(" and ", conditions)}";
    }

    /// <summary>The places of the path that concern the resource: what was counted, the conditions, and the exit.</summary>
    public static IEnumerable<SyntaxNode?> PlacesOf(Exit exit, string? resource) =>
        exit.Final.Trail.Steps()
            .Where(step => step.IsCondition || step.Kind == TrailKind.Installed || step.Key?.Resource == resource)
            .Select(step => step.Site)
            .Append(exit.Site);

    private static IEnumerable<TrailStep> Conditions(Exit exit) =>
        exit.Final.Trail.Steps().Where(step => step.IsCondition)
            .GroupBy(step => step.Site).Select(group => group.Last());

    private static string ValueOf(TrailKind kind) => kind switch
    {
        TrailKind.ConditionTrue => "true",
        TrailKind.FoundNull => "null",
        TrailKind.FoundNotNull => "not null",
        _ => "false",
    };

    private static string TextOf(SyntaxNode condition) =>
        condition.Parent is SwitchLabelSyntax or ConstantPatternSyntax { Parent: SwitchExpressionArmSyntax or CasePatternSwitchLabelSyntax } || condition.Parent is SwitchExpressionArmSyntax
            ? $"case {condition}"
            : condition.ToString();

    private static string Shorten(string text)
    {
        var line = string.Join(" ", text.Split(['\r', '\n', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestCondition ? line : line.Substring(0, LongestCondition - 1) + "…";
    }
}
