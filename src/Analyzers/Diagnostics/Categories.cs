namespace MmapAnalyzers.Diagnostics;

/// <summary>Categories, one word each and distinct from other products', so that a severity set in bulk hits only ours.</summary>
internal static class Categories
{
    public const string Protocol = "MmapProtocol";
    public const string Lifetime = "MmapLifetime";
    public const string Page = "MmapPage";
    public const string Setup = "MmapSetup";
    public const string Pairing = "MmapPairing";
}
