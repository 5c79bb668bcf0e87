using System.Reflection;
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

    /// <summary>
    /// Whether the method is an import that tells of failure by its results alone. The marshaller throws for a handle that has been closed, and where it makes an
    /// exception of an error code.
    /// </summary>
    public static bool ThrowsNothing(IMethodSymbol method) =>
        Of(method) is not null
        && method.Parameters.All(static parameter => parameter.Type.IsValueType || parameter.Type.TypeKind is TypeKind.Array or TypeKind.Pointer or TypeKind.FunctionPointer || parameter.Type.SpecialType == SpecialType.System_String)
        && (!method.IsExtern || (method.MethodImplementationFlags & MethodImplAttributes.PreserveSig) != 0);

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
