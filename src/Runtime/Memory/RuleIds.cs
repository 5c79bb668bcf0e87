namespace MmapAnalyzers.Runtime.Memory;

/// <summary>The analyzer rules whose subject the books can observe.</summary>
internal static class RuleIds
{
    public const string FirstMappingNotCounted = "MMAP1001";
    public const string OpenCloseUnbalanced = "MMAP1002";
    public const string CountKeptOnError = "MMAP1004";
    public const string InodeSetNotCounted = "MMAP1005";
    public const string InodeCountedNotSet = "MMAP1006";
    public const string MappingNotCounted = "MMAP1007";
    public const string AreaKept = "MMAP1010";
    public const string NopageWithoutReference = "MMAP2001";
    public const string NopageReferenceTwice = "MMAP2003";
    public const string PrivateWriteToDevice = "MMAP2007";
    public const string UninitialisedPageExposed = "MMAP2008";
    public const string RemapResultIgnored = "MMAP3001";
    public const string MappingBeyondDevice = "MMAP3002";
    public const string RemapOfMemory = "MMAP3008";
    public const string RemappedThenFailed = "MMAP3016";
    public const string NotReleased = "MMAP4001";
    public const string ReleasedTwice = "MMAP4002";
    public const string UsedAfterRelease = "MMAP4003";
}
