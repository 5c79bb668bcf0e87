using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>Gives units back by another function or with another length.</summary>
internal static class WrongReleases
{
    /// <summary>Functions that take the same arguments and belong to another acquire.</summary>
    private static readonly ImmutableDictionary<string, string> Others = new Dictionary<string, string>
    {
        ["FreeHGlobal"] = "FreeCoTaskMem",
        ["FreeCoTaskMem"] = "FreeHGlobal",
        ["FreeBSTR"] = "FreeCoTaskMem",
        ["ZeroFreeBSTR"] = "ZeroFreeCoTaskMemUnicode",
        ["Free"] = "AlignedFree",
        ["AlignedFree"] = "Free",
        ["ExitReadLock"] = "ExitWriteLock",
        ["ExitWriteLock"] = "ExitReadLock",
        ["UnmapViewOfFile"] = "CloseHandle",
        ["CloseHandle"] = "UnmapViewOfFile",
    }.ToImmutableDictionary();

    public static IEnumerable<Mutant> In(BoundUsage usage) =>
        usage.Releases.Where(static release => release is { Call: InvocationExpressionSyntax, Whole: not null }).SelectMany(release => Of(usage, release));

    private static IEnumerable<Mutant> Of(BoundUsage usage, Site release)
    {
        var call = (InvocationExpressionSyntax)release.Call;
        var name = call.Expression is MemberAccessExpressionSyntax access ? access.Name : call.Expression;
        if (Others.TryGetValue(release.Member.Name, out var other))
        {
            var expected = usage.Describe(release).IsValue ? Promise.GivenBackWrongly(usage, release) : Promise.NotGivenBackOnSomePath(usage, release);
            yield return new(usage.Usage, FaultKind.ReleaseOfAnotherKind, usage.LineOf(call), [Edits.Replace(name, other)], [.. expected, .. Promise.NotTaken([release])]);
        }

        if (release.Effect.PairedOrdinal is { } ordinal && !Scopes.AcquiresInFunctionOf(usage, release).IsEmpty && Arguments.Of(call, release.Member, ordinal) is { } length)
        {
            yield return new(
                usage.Usage, FaultKind.ReleaseOfAnotherLength, usage.LineOf(call), [Edits.Replace(length, $"{length} + 65536")], Promise.GivenBackWrongly(usage, release));
        }
    }
}
