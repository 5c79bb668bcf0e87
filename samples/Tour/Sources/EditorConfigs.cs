namespace Tour.Sources;

/// <summary>Finds the <c>.editorconfig</c> files that a build would obey, so that what is switched off there is not reported here.</summary>
internal static class EditorConfigs
{
    /// <summary>Those in the folders of the files and in all folders above; the compiler knows which of them ends the search.</summary>
    public static IReadOnlyList<SourceFile> For(IEnumerable<SourceFile> files)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            for (var folder = Path.GetDirectoryName(file.Path); folder is not null && folders.Add(folder);)
                folder = Path.GetDirectoryName(folder);
        }

        return [.. folders.Order(StringComparer.Ordinal).Select(folder => Path.Combine(folder, ".editorconfig")).Where(File.Exists).Select(path => SourceFile.Read(path, path))];
    }
}
