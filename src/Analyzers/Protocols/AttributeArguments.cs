using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Protocols;

/// <summary>Typed access to the arguments of protocol attributes, tolerant of half-typed ones.</summary>
internal static class AttributeArguments
{
    /// <summary>The attribute's positional text argument, or <see langword="null"/> if it is missing or not a text.</summary>
    public static string? Text(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string text }, ..] ? text : null;

    public static string? NamedText(AttributeData attribute, string name) => Named(attribute, name) is { Value: string text } ? text : null;

    /// <summary>The named outcome, read by its member's name so that a copy of the enumeration may number its members otherwise.</summary>
    public static Outcome Outcome(AttributeData attribute, string name) =>
        OutcomeName(attribute, name) is { } member && Enum.TryParse<Outcome>(member, out var outcome) ? outcome : Protocols.Outcome.Always;

    public static string? OutcomeName(AttributeData attribute, string name) =>
        Named(attribute, name) is { Kind: TypedConstantKind.Enum, Type: { } type, Value: { } value }
            ? type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Equals(field.ConstantValue, value))?.Name
            : null;

    public static bool IsGiven(AttributeData attribute, string name) => Named(attribute, name) is not null;

    public static long? Number(AttributeData attribute, string name) => Named(attribute, name)?.Value switch
    {
        long number => number,
        int number => number,
        _ => null,
    };

    public static bool IsTrue(AttributeData attribute, string name) => Named(attribute, name)?.Value is true;

    /// <summary>The position of the parameter with that name.</summary>
    public static int? OrdinalOf(string? name, ISymbol owner) => Parameters(owner).FirstOrDefault(parameter => parameter.Name == name)?.Ordinal;

    public static ImmutableArray<IParameterSymbol> Parameters(ISymbol owner) => owner switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => invoke.Parameters,
        _ => [],
    };

    private static TypedConstant? Named(AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        return null;
    }
}
