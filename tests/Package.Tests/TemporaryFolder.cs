namespace MmapAnalyzers.Package.Tests;

/// <summary>A folder of one test, outside the repository so that no file above it takes part in a build.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mmap-package-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Copies a folder and all below it, except what a build left behind.</summary>
    public string CopyOf(string source)
    {
        string target = this[System.IO.Path.GetFileName(source)];
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string relative = System.IO.Path.GetRelativePath(source, file);
            if (relative.Split(System.IO.Path.DirectorySeparatorChar)[0] is "bin" or "obj")
                continue;
            string copy = System.IO.Path.Combine(target, relative);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A scanner or a process that is still ending holds a file: the folder is the system's to clean up.
        }
    }
}
