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
    /// Whether the method is native code that is given numbers, addresses and texts only and tells of failure by what it returns: it throws nothing. An object that wraps a
    /// handle may be closed already, and a failed result may be made an exception.
    /// </summary>
    public static bool IsPlain(IMethodSymbol method) =>
        Of(method) is not null
        && (!method.IsExtern || (method.MethodImplementationFlags & System.Reflection.MethodImplAttributes.PreserveSig) != 0)
        && method.Parameters.All(static parameter => parameter.Type is { IsReferenceType: false } or { SpecialType: SpecialType.System_String } or IArrayTypeSymbol);

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
