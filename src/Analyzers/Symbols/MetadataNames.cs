namespace MmapAnalyzers.Symbols;

/// <summary>Full metadata names of the protocol attributes. Nothing else of the runtime is known by name.</summary>
internal static class MetadataNames
{
    public const string AnnotationsNamespace = "MmapAnalyzers.Annotations";

    public const string Acquires = "AcquiresAttribute";
    public const string Releases = "ReleasesAttribute";
    public const string Transfers = "TransfersAttribute";
    public const string Borrows = "BorrowsAttribute";
    public const string Uses = "UsesAttribute";
    public const string Pins = "PinsAttribute";
    public const string AliasOf = "AliasOfAttribute";
    public const string NullValue = "NullValueAttribute";
    public const string MustCheck = "MustCheckAttribute";
    public const string Role = "RoleAttribute";

    public static readonly ImmutableArray<string> AllAttributes =
        [Acquires, Releases, Transfers, Borrows, Uses, Pins, AliasOf, NullValue, MustCheck, Role];
}
