using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Symbols;

/// <summary>Recognises protocol attributes by name, wherever they are declared, and the assemblies that can carry them.</summary>
internal static class AnnotationSymbols
{
    /// <summary>Whether the compilation or anything it references declares a protocol attribute: the gate before all other work.</summary>
    public static bool AnyDeclared(Compilation compilation) =>
        MetadataNames.AllAttributes.Any(name => !compilation.GetTypesByMetadataName($"{MetadataNames.AnnotationsNamespace}.{name}").IsEmpty);

    /// <summary>The simple name of a protocol attribute, or <see langword="null"/> for any other attribute.</summary>
    public static string? ProtocolAttributeName(AttributeData attribute) =>
        attribute.AttributeClass is { ContainingNamespace: { Name: "Annotations", ContainingNamespace: { Name: "MmapAnalyzers", ContainingNamespace.IsGlobalNamespace: true } } } type
        && MetadataNames.AllAttributes.Contains(type.Name)
            ? type.Name
            : null;

    /// <summary>The assemblies whose members may carry protocol attributes: those that declare the attributes and those that reference such a one.</summary>
    public static ImmutableArray<IAssemblySymbol> AssembliesThatMayCarryProtocols(Compilation compilation)
    {
        var declaring = new HashSet<string>(
            MetadataNames.AllAttributes
                .SelectMany(name => compilation.GetTypesByMetadataName($"{MetadataNames.AnnotationsNamespace}.{name}"))
                .Select(type => type.ContainingAssembly.Identity.Name));
        return [.. compilation.SourceModule.ReferencedAssemblySymbols
            .Append(compilation.Assembly)
            .Where(assembly => declaring.Contains(assembly.Identity.Name)
                || assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => declaring.Contains(reference.Name))))];
    }
}
