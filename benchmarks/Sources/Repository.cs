using System.Reflection;

namespace MmapAnalyzers.Benchmarks.Sources;

/// <summary>The sources of this repository, which are what is analyzed: real code, whatever it has become.</summary>
internal static class Repository
{
    private const string GlobalUsings = "GlobalUsings.cs";

    private static readonly string Root = Built("Repository");

    /// <summary>What the build wrote into this program.</summary>
    public static string Built(string name) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == name).Value!;

    /// <summary>The texts of the C# files in folders, in the order of their paths.</summary>
    public static IEnumerable<string> Sources(IEnumerable<string> folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        .Where(path => !IsBuilt(Path.GetRelativePath(Root, path)) && Path.GetFileName(path) != GlobalUsings)
        .Select(File.ReadAllText);

    private static bool IsBuilt(string path) => path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin");
}
