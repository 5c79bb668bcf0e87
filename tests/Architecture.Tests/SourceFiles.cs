namespace MmapAnalyzers.Architecture.Tests;

/// <summary>The product's source files and the namespace that each folder stands for.</summary>
internal static class SourceFiles
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The C# files below a folder of the working tree, without those that builds generate.</summary>
    public static IEnumerable<string> Below(string folder)
    {
        string top = Path.Combine(Root, folder);
        return Directory.EnumerateFiles(top, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(top, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>The namespace of a file below <c>src</c>: that of its project, then its folders. The annotations are one name shorter, for they belong to no library.</summary>
    public static string NamespaceOf(string file)
    {
        string[] folders = Path.GetRelativePath(Path.Combine(Root, "src"), Path.GetDirectoryName(file)!).Split(Path.DirectorySeparatorChar);
        return folders switch
        {
            ["Analyzers", .. var rooms] => string.Join('.', ["MmapAnalyzers", .. rooms]),
            ["Runtime", "Annotations", .. var rooms] => string.Join('.', ["MmapAnalyzers", "Annotations", .. rooms]),
            _ => string.Join('.', ["MmapAnalyzers", .. folders]),
        };
    }

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
