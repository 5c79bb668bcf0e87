using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MmapAnalyzers.Tests.SelfChecks;

public sealed class TypeTests
{
    [Fact]
    public void Analyzers_and_fixes_are_public_and_sealed() =>
        Assert.All(Product.AnalyzerTypes.Concat(Product.FixTypes), type => Assert.True(type is { IsPublic: true, IsSealed: true }, type.FullName));

    [Fact]
    public void Nothing_else_of_the_analyzers_is_public() =>
        Assert.Equal(
            Product.AnalyzerTypes.Concat(Product.FixTypes).Select(type => type.FullName).Order(StringComparer.Ordinal),
            new[] { Product.AnalyzerTypes[0].Assembly, System.Reflection.Assembly.Load("MmapAnalyzers.CodeFixes") }
                .SelectMany(assembly => assembly.GetExportedTypes()).Where(type => !type.IsAbstract).Select(type => type.FullName).Order(StringComparer.Ordinal));

    [Fact]
    public void Hosts_find_every_analyzer_and_every_fix()
    {
        Assert.All(Product.AnalyzerTypes, type => Assert.Contains(type.CustomAttributes, attribute => attribute.AttributeType == typeof(DiagnosticAnalyzerAttribute)));
        Assert.All(Product.FixTypes, type => Assert.Equal(
            [LanguageNames.CSharp],
            type.GetCustomAttributes(typeof(ExportCodeFixProviderAttribute), inherit: false).Cast<ExportCodeFixProviderAttribute>().Single().Languages));
    }

    [Fact]
    public void Every_fix_can_fix_all() => Assert.All(Product.FixTypes, type => Assert.NotNull(((CodeFixProvider)Activator.CreateInstance(type)!).GetFixAllProvider()));
}
