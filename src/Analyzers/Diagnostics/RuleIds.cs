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
    public const string NotReleased = "MMAP4001";
    public const string ReleasedTwice = "MMAP4002";
    public const string UsedAfterRelease = "MMAP4003";
    public const string FieldNeverReleased = "MMAP4004";
    public const string AcquireOutcomeIgnored = "MMAP4005";
    public const string HeldUnitOverwritten = "MMAP4006";
    public const string WrongRelease = "MMAP4007";
    public const string UsedWithoutUnit = "MMAP4008";
    public const string ReleasedAfterFailure = "MMAP4009";
    public const string ReleasedThoughAcquireThrew = "MMAP4010";
    public const string PossiblyNotReleased = "MMAP4011";
}
