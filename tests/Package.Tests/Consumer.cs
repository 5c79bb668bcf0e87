using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Package.Tests;

/// <summary>A copy of one of the projects in <c>Consumers</c>, beside a feed that holds our packages and nothing else.</summary>
internal sealed class Consumer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _project;

    public Consumer(string name, PackageFeed feed)
    {
        _folder.CopyOf(feed.Path);   // the nuget.config of each project names ../feed
        _project = _folder.CopyOf(Repository.PathOf($"tests/Package.Tests/Consumers/{name}"));
    }

    private string Packages => _folder["packages"];

    public async Task BuildsWithTheExpectedFindings()
    {
        SortedSet<Finding> expected = ExpectedFindings();
        string log = await Build();
        Finding.AssertSame(expected, FindingsIn(log), log);
    }

    public SortedSet<Finding> ExpectedFindings()
    {
        SortedSet<Finding> expected = Finding.ExpectedIn(_project);
        Assert.NotEmpty(expected);
        return expected;
    }

    public SortedSet<Finding> FindingsIn(string log) => Finding.ReportedIn(log, _project);

    public Task<string> Build(params string[] arguments) => DotNet.Run(_project, Packages, ["build", "--disable-build-servers", .. arguments]);

    /// <summary>Applies the first repair that is offered for each finding of a rule.</summary>
    public Task<string> Format(string rule) => DotNet.Run(_project, Packages, "format", "analyzers", "--no-restore", "--severity", "warn", "--diagnostics", rule);

    public string PathOf(string file) => Path.Combine(_project, file);

    public Task<string> Run() => DotNet.Run(_project, Packages, "run", "--no-build");

    public IReadOnlyList<string> OutputFiles() => [.. Directory.GetFiles(Path.Combine(_project, "bin/Debug/net10.0")).Select(file => Path.GetFileName(file))];

    public void Dispose() => _folder.Dispose();
}
