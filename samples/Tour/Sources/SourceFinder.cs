namespace Tour.Sources;

/// <summary>Finds the source files that a path means: the file itself, or all of a folder.</summary>
internal static class SourceFinder
{
    private static readonly string[] BuildFolders = ["bin", "obj"];

    /// <summary>Reads the file, or every <c>*.cs</c> below the folder except in <c>bin</c> and <c>obj</c>.</summary>
    /// <param name="path">As the user gave it.</param>
    /// <param name="progress">Is told how many of how many files are read.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="InputException">There is nothing to work on.</exception>
    public static IReadOnlyList<SourceFile> Read(string path, Action<int, int>? progress, CancellationToken cancellation)
    {
        if (File.Exists(path))
            return [NotEmpty(SourceFile.Read(Path.GetFullPath(path), path))];
        if (!Directory.Exists(path))
            throw new InputException($"{path} does not exist.");
        var paths = Find(path, cancellation);
        if (paths.Count == 0)
            throw new InputException($"{path} contains no C# file (*.cs).");
        var files = new List<SourceFile>(paths.Count);
        foreach (var found in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            files.Add(SourceFile.Read(Path.GetFullPath(found), found));
            progress?.Invoke(files.Count, paths.Count);
        }

        return files.TrueForAll(IsEmpty) ? throw new InputException($"The C# files in {path} are all empty.") : files;
    }

    private static SourceFile NotEmpty(SourceFile file) => IsEmpty(file) ? throw new InputException($"{file.Name} is empty.") : file;

    private static bool IsEmpty(SourceFile file) => string.IsNullOrWhiteSpace(file.Text.ToString());

    private static List<string> Find(string folder, CancellationToken cancellation)
    {
        var files = new List<string>();
        var folders = new Stack<string>([folder]);
        try
        {
            while (folders.TryPop(out var current))
            {
                cancellation.ThrowIfCancellationRequested();
                files.AddRange(Directory.EnumerateFiles(current, "*.cs").Where(file => Path.GetExtension(file) == ".cs"));
                foreach (var inner in new DirectoryInfo(current).EnumerateDirectories().Where(IsSource))
                    folders.Push(Path.Combine(current, inner.Name));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder} cannot be read: {exception.Message}");
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>Neither output of a build, nor hidden, nor a link, which may lead back here.</summary>
    private static bool IsSource(DirectoryInfo folder) =>
        !BuildFolders.Contains(folder.Name, StringComparer.OrdinalIgnoreCase) && !folder.Name.StartsWith('.') && folder.LinkTarget is null;
}
