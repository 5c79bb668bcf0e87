using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MmapAnalyzers.Architecture.Tests;

/// <summary>What the built assemblies refer to.</summary>
public sealed class AssemblyTests
{
    [Fact]
    public void The_rules_know_the_compiler_and_neither_the_workspaces_nor_the_runtime() =>   // RS1038: a command-line compiler has no workspaces
        Assert.All(References("MmapAnalyzers"), name => Assert.True(name is "Microsoft.CodeAnalysis" or "Microsoft.CodeAnalysis.CSharp" || IsFramework(name), name));

    [Fact]
    public void The_fixes_know_the_rules_and_the_workspaces_and_not_the_runtime() =>
        Assert.All(References("MmapAnalyzers.CodeFixes"), name => Assert.True(
            name is "MmapAnalyzers" || name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || name.StartsWith("System.Composition", StringComparison.Ordinal)
                || IsFramework(name),
            name));

    [Fact]
    public void The_runtime_knows_the_framework_alone() => Assert.All(References("MmapAnalyzers.Runtime"), name => Assert.True(IsFramework(name), name));

    private static bool IsFramework(string name) =>
        name is "netstandard" || (name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("System.Composition", StringComparison.Ordinal));

    private static string[] References(string assembly)
    {
        using var image = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")));
        MetadataReader metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
