namespace MmapAnalyzers.Protocols;

/// <summary>Names of native libraries without what differs between systems and spellings.</summary>
internal static class ModuleNames
{
    private static readonly ImmutableArray<string> Suffixes = [".dll", ".so", ".dylib", ".bundle"];

    /// <summary>Without folder, case, suffix and version: <c>/usr/lib/libc.so.6</c> is <c>libc</c>.</summary>
    public static string Plain(string module)
    {
        var name = module.Substring(module.LastIndexOfAny(['/', '\\']) + 1).ToLowerInvariant();
        var plain = WithoutSuffix(WithoutVersion(name));
        return plain == name ? name : Plain(plain);
    }

    private static string WithoutVersion(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && dot < name.Length - 1 && name.Skip(dot + 1).All(char.IsDigit) ? name.Substring(0, dot) : name;
    }

    private static string WithoutSuffix(string name) =>
        Suffixes.FirstOrDefault(suffix => name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)) is { } suffix
            ? name.Substring(0, name.Length - suffix.Length)
            : name;
}
