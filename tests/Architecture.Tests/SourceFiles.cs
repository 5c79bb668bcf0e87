using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Architecture.Tests;

/// <summary>The product's source files and the namespace that each folder stands for.</summary>
internal static class SourceFiles
{
    /// <summary>The C# files below a folder of the working tree, without those that builds generate.</summary>
    public static IEnumerable<string> Below(string folder)
    {
        string top = Repository.PathOf(folder);
        return Directory.EnumerateFiles(top, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(top, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>The namespace of a file below <c>src</c>: that of its project, then its folders. The annotations are one name shorter, for they belong to no library.</summary>
    public static string NamespaceOf(string file)
    {
        string[] folders = Path.GetRelativePath(Repository.PathOf("src"), Path.GetDirectoryName(file)!).Split(Path.DirectorySeparatorChar);
        return folders switch
        {
            ["Analyzers", .. var rooms] => string.Join('.', ["MmapAnalyzers", .. rooms]),
            ["Runtime", "Annotations", .. var rooms] => string.Join('.', ["MmapAnalyzers", "Annotations", .. rooms]),
            _ => string.Join('.', ["MmapAnalyzers", .. folders]),
        };
    }
}
