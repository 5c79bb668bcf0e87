using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Rules;

namespace MmapAnalyzers.Tests.SelfChecks;

/// <summary>What the product consists of, found by reflection, and where its files are.</summary>
internal static class Product
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

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

    public static string Read(string path) => File.ReadAllText(PathOf(path)).ReplaceLineEndings("\n");

    public static string PathOf(string path) => Path.Combine(Root, path);

    private static string FindRoot(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "MmapAnalyzers.sln")))
                return at.FullName;
        }

        throw new InvalidOperationException($"No folder above {folder} holds MmapAnalyzers.sln: run the tests from the working tree.");
    }
}
