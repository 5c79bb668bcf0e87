using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Package.Tests;

/// <summary>The consumer with leaks, built, repaired by <c>dotnet format</c>, and built again; once for all tests that look at one of these.</summary>
public sealed class RepairedConsumer(PackageFeed feed) : IAsyncLifetime
{
    private const string Name = "NativeConsumer";

    private readonly Consumer _consumer = new(Name, feed);

    internal SortedSet<Finding> ExpectedFindings { get; private set; } = [];

    internal SortedSet<Finding> ReportedBefore => _consumer.FindingsIn(LogBefore);

    internal SortedSet<Finding> ReportedAfter => _consumer.FindingsIn(LogAfter);

    /// <summary>The files that are not as they were.</summary>
    internal IEnumerable<string> ChangedFiles => Directory.GetFiles(Repository.PathOf($"tests/Package.Tests/Consumers/{Name}"))
        .Where(file => File.ReadAllText(file) != RepairedText(Path.GetFileName(file)))
        .Select(file => Path.GetFileName(file));

    /// <summary>What the first build wrote for tools.</summary>
    internal SarifLog Sarif { get; private set; } = null!;

    public string LogBefore { get; private set; } = string.Empty;

    public string LogAfter { get; private set; } = string.Empty;

    public string RepairedText(string file) => File.ReadAllText(_consumer.PathOf(file));

    public async ValueTask InitializeAsync()
    {
        ExpectedFindings = _consumer.ExpectedFindings();
        LogBefore = await _consumer.Build("-p:ErrorLog=obj/log.sarif%2Cversion=2.1");
        Sarif = SarifLog.Read(_consumer.PathOf("obj/log.sarif"));
        await _consumer.Format("MMAP4001");
        LogAfter = await _consumer.Build("--no-restore");
    }

    public ValueTask DisposeAsync()
    {
        _consumer.Dispose();
        return ValueTask.CompletedTask;
    }
}
