using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Rules;
using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Tests.SelfChecks;

/// <summary>What the product consists of, found by reflection.</summary>
internal static class Product
{
    public static IReadOnlyList<Type> AnalyzerTypes { get; } =
        [.. typeof(ProtocolAnalyzer).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))];

    public static IReadOnlyList<Type> FixTypes { get; } =
        [.. System.Reflection.Assembly.Load("MmapAnalyzers.CodeFixes").GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))];

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = [.. AnalyzerTypes.Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
        [.. Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)];

    public static IReadOnlySet<string> FixableIds { get; } = FixTypes.SelectMany(type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds).ToHashSet();

    public static TheoryData<string> Ids => new(Descriptors.Select(descriptor => descriptor.Id));

    public static DiagnosticDescriptor Descriptor(string id) => Descriptors.Single(descriptor => descriptor.Id == id);

    public static string Read(string path) => File.ReadAllText(Repository.PathOf(path)).ReplaceLineEndings("\n");
}
