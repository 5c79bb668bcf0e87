namespace Tour.Tests;

/// <summary>The drivers that the tour shows, as files of the user.</summary>
internal static class Drivers
{
    public static string Broken(string rule) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Broken", rule + ".cs"));

    /// <summary>A driver with nothing wrong.</summary>
    public static string Good => Broken("MMAP1001").Replace("        area.Inode = inode;", "        IncrementUseCount();\n        area.Inode = inode;");
}
