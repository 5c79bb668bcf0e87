using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Diagnostics;

/// <summary>The only place that makes descriptors, so that link, tags and severity policy are the same for all rules.</summary>
internal static class Descriptors
{
    private const string HelpLinkFormat = "https://github.com/MmapAnalyzers/MmapAnalyzers/blob/main/docs/rules/{0}.md";

    public static DiagnosticDescriptor Create(string id, string category, RuleLevel level, string title, string messageFormat, string description) =>
        new(id, title, messageFormat, category, (DiagnosticSeverity)level, isEnabledByDefault: true, description, HelpLink(id));

    /// <summary>The address of the rule's page in <c>docs/rules</c>.</summary>
    public static string HelpLink(string id) => string.Format(System.Globalization.CultureInfo.InvariantCulture, HelpLinkFormat, id);
}
