using System.Reflection;

namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>The program of one row: a static method of a class beside this one, with the arguments of the row.</summary>
internal sealed record PeerProgram(string Id, MethodInfo Method, object[] Arguments)
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>All programs, in no particular order.</summary>
    public static IReadOnlyList<PeerProgram> All { get; } =
        [.. typeof(PeerProgram).Assembly.GetTypes().SelectMany(type => type.GetMethods(Static)).SelectMany(Of)];

    /// <summary>Runs it; what it throws is thrown as it is.</summary>
    public void Run() => Method.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, Arguments, culture: null);

    private static IEnumerable<PeerProgram> Of(MethodInfo method) =>
        method.GetCustomAttributes<PeerCaseAttribute>().Select(mark => new PeerProgram(mark.Id, method, mark.Arguments));
}
