using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Symbols;

/// <summary>Documentation-comment ids in two parts, that of the type and that of the member in it.</summary>
internal static class DocumentationIds
{
    public static string OfType(INamedTypeSymbol? type) => type?.OriginalDefinition.GetDocumentationCommentId() ?? "";

    /// <summary>What follows the type: <c>.Method(System.Int32)</c>; of a type nothing.</summary>
    public static string TailOf(ISymbol symbol)
    {
        var container = OfType(symbol.ContainingType);
        return symbol is not INamedTypeSymbol && symbol.OriginalDefinition.GetDocumentationCommentId() is { } id && id.Length > container.Length ? id.Substring(container.Length) : "";
    }
}
