namespace MmapAnalyzers.Testing;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

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
