namespace MmapAnalyzers.Diagnostics;

/// <summary>The ids of all rules; <c>RuleRanges.txt</c> beside this file says which thousand belongs to which subject.</summary>
internal static class RuleIds
{
    public const string MalformedProtocolLine = "MMAP0001";
    public const string UnknownProtocolSubject = "MMAP0002";
    public const string SenselessProtocol = "MMAP0003";
    public const string FirstMappingNotCounted = "MMAP1001";
    public const string OpenAndCloseDoNotBalance = "MMAP1002";
    public const string TransferredNotCounted = "MMAP1005";
    public const string PageReturnedWithoutReference = "MMAP2001";
    public const string ResultIgnored = "MMAP3001";
}
