using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>
/// What the pages of the rules promise for each kind of fault: which ids, at which places. Written from the pages, not from what is reported.
/// </summary>
internal static class Promise
{
    private const string Lost = "MMAP4001";
    private const string Twice = "MMAP4002";
    private const string UsedAfter = "MMAP4003";
    private const string InField = "MMAP4004";
    private const string Ignored = "MMAP4005";
    private const string Overwritten = "MMAP4006";
    private const string Wrong = "MMAP4007";
    private const string WithoutUnit = "MMAP4008";
    private const string AfterFailure = "MMAP4009";
    private const string AfterThrow = "MMAP4010";
    private const string LostByException = "MMAP4011";

    /// <summary>A unit that is no longer given back: at the acquire, or where its last holder is assigned anew.</summary>
    public static ImmutableArray<Expectation> NotGivenBack(BoundUsage usage, Site release) =>
    [
        .. At(Scopes.AcquiresOf(usage, release), Lost, InField),
        .. At(Scopes.CallersOf(usage, release), Lost),
        .. At(Scopes.OverwritesOf(usage, release), Overwritten),
    ];

    /// <summary>A unit that is given back on fewer paths of its function than before: at the acquire there.</summary>
    public static ImmutableArray<Expectation> NotGivenBackOnSomePath(BoundUsage usage, Site release) =>
    [
        .. At(Scopes.AcquiresInFunctionOf(usage, release), Lost),
        .. At(Scopes.OverwritesOf(usage, release), Overwritten),
    ];

    /// <summary>A unit that is no longer given back when an exception passes: at the acquire, as a warning or as a suggestion.</summary>
    public static ImmutableArray<Expectation> NotGivenBackAfterThrow(BoundUsage usage, Site release) =>
        [.. NotGivenBack(usage, release), .. At(Scopes.AcquiresOf(usage, release), LostByException)];

    /// <summary>A unit that is given back although it may not have been taken: at the release.</summary>
    public static ImmutableArray<Expectation> NotTaken(IEnumerable<Site> releases) => At(releases.Select(static release => release.Call), Twice, AfterFailure);

    /// <summary>An outcome that nobody asks for: at the acquire, or where what was not taken is given back.</summary>
    public static ImmutableArray<Expectation> NotAsked(Site acquire, IEnumerable<Site> releases) =>
        [.. At([acquire.Call], Ignored), .. At(releases.Select(static release => release.Call), AfterFailure, AfterThrow)];

    /// <summary>A value that is used when it has been given back: at a use; of a lock, at a call that needs it.</summary>
    public static ImmutableArray<Expectation> UsedAfterwards(IEnumerable<SyntaxNode> uses) => At(uses, UsedAfter, WithoutUnit);

    /// <summary>A second unit in the place of the first: where the place is assigned anew, or where either was taken.</summary>
    public static ImmutableArray<Expectation> TakenTwice(BoundUsage usage, Site acquire) =>
        [.. At(Scopes.CallersOf(usage, acquire), Lost), new(Lost, Expectation.AtMark), new(Overwritten, Expectation.AtMark), new(InField, Expectation.AtMark), .. At([acquire.Call], Lost, InField)];

    /// <summary>A second release: there, or at the call of the function that does it, where the caller has taken the unit.</summary>
    public static ImmutableArray<Expectation> GivenBackTwice(BoundUsage usage, Site release) =>
        [new(Twice, Expectation.AtMark), .. At(Scopes.CallersOf(usage, release), Twice)];

    /// <summary>Another function or another length: at the release, if the function has taken the unit itself; otherwise nothing gives it back.</summary>
    public static ImmutableArray<Expectation> GivenBackWrongly(BoundUsage usage, Site release) =>
        Scopes.AcquiresInFunctionOf(usage, release).IsEmpty ? NotGivenBack(usage, release) : At([release.Call], Wrong);

    private static ImmutableArray<Expectation> At(IEnumerable<SyntaxNode> places, params string[] ids) =>
        [.. places.SelectMany(place => ids.Select(id => new Expectation(id, place.SpanStart)))];
}
