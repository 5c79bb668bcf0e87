namespace MmapAnalyzers.Runtime.Tests.PeerCases;

/// <summary>Marks the program that runs a row of the table; several rows may share one, each with its arguments.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class PeerCaseAttribute(string id, params object[] arguments) : Attribute
{
    public string Id { get; } = id;
    public object[] Arguments { get; } = arguments;
}
