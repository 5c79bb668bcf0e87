using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>Writes a term as a C# expression, where a function can name the value.</summary>
internal static class TermText
{
    /// <summary>The expression, or <see langword="null"/> if the value has no name in the function. The running object is the empty text.</summary>
    public static string? Of(Term term, IMethodSymbol scope) => term.Kind switch
    {
        TermKind.This => string.Empty,
        TermKind.Parameter when scope.Parameters.Any(own => SymbolEqualityComparer.Default.Equals(own, term.Symbol)) => NameOf(term.Symbol!),
        TermKind.Captured => NameOf(term.Symbol!),
        TermKind.Member when term.Symbol is not null && term.Data is "static" => $"{term.Symbol.ContainingType.Name}.{NameOf(term.Symbol)}",
        TermKind.Member when term.Symbol is not null && term.Operands.Length == 1 && Of(term.Operands[0], scope) is { } container => Join(container, NameOf(term.Symbol)),
        _ => null,
    };

    /// <summary>The type of the value, as far as the term tells.</summary>
    public static ITypeSymbol? TypeOf(Term term, IMethodSymbol scope) => term.Kind switch
    {
        TermKind.This => scope.ContainingType,
        TermKind.Parameter or TermKind.Captured or TermKind.Member => term.Symbol switch
        {
            IParameterSymbol parameter => parameter.Type,
            ILocalSymbol local => local.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        },
        TermKind.Call => (term.Symbol as IMethodSymbol)?.ReturnType,
        _ => null,
    };

    public static string Join(string container, string member) => container.Length == 0 ? member : $"{container}.{member}";

    private static string NameOf(ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) == SyntaxKind.None ? symbol.Name : "@" + symbol.Name;
}
