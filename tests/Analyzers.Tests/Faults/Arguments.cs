using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>The arguments of calls by parameter.</summary>
internal static class Arguments
{
    public static ExpressionSyntax? Of(ExpressionSyntax call, IMethodSymbol method, int ordinal)
    {
        var list = ListOf(call);
        var parameter = method.Parameters.ElementAtOrDefault(ordinal);
        return parameter is null ? null
            : list.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name)?.Expression
                ?? list.Where(static (argument, index) => argument.NameColon is null).ElementAtOrDefault(ordinal)?.Expression;
    }

    public static IEnumerable<ArgumentSyntax> ListOf(ExpressionSyntax call) => call switch
    {
        InvocationExpressionSyntax invocation => invocation.ArgumentList.Arguments,
        BaseObjectCreationExpressionSyntax { ArgumentList: { } list } => list.Arguments,
        _ => [],
    };
}
