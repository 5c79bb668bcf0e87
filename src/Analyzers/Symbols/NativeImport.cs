using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Symbols;

/// <summary>The native function that a method stands for.</summary>
/// <param name="Module">The library as the declaration spells it.</param>
internal sealed record NativeImport(string Module, string Entry)
{
    /// <summary>What the method imports by <c>DllImport</c> or <c>LibraryImport</c>, or <see langword="null"/> if it imports nothing.</summary>
    public static NativeImport? Of(IMethodSymbol method)
    {
        if (!method.IsStatic)
        {
            return null;
        }

        if (OfGenerated(method.PartialDefinitionPart ?? method) is { } generated)
        {
            return generated;
        }

        var data = method.GetDllImportData() ?? method.PartialImplementationPart?.GetDllImportData();
        return data is { ModuleName: { } module } ? new NativeImport(module, data.EntryPointName ?? method.Name) : null;
    }

    /// <summary>A source generator writes the body of such a method; the attribute on the user's part says what is imported.</summary>
    private static NativeImport? OfGenerated(IMethodSymbol definition)
    {
        if (!definition.IsPartialDefinition)
        {
            return null;
        }

        foreach (var attribute in definition.GetAttributes())
        {
            if (attribute is { AttributeClass.Name: "LibraryImportAttribute", ConstructorArguments: [{ Value: string module }] })
            {
                var entry = attribute.NamedArguments.FirstOrDefault(static argument => argument.Key == "EntryPoint").Value.Value as string;
                return new NativeImport(module, entry ?? definition.Name);
            }
        }

        return null;
    }
}
