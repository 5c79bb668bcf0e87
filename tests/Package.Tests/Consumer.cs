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
        SortedSet<Finding> expected = Finding.ExpectedIn(_project);
        Assert.NotEmpty(expected);
        string log = await DotNet.Run(_project, Packages, "build", "--disable-build-servers");
        Finding.AssertSame(expected, Finding.ReportedIn(log, _project), log);
    }

    public Task<string> Run() => DotNet.Run(_project, Packages, "run", "--no-build");

    public IReadOnlyList<string> OutputFiles() => [.. Directory.GetFiles(Path.Combine(_project, "bin/Debug/net10.0")).Select(file => Path.GetFileName(file))];

    public void Dispose() => _folder.Dispose();
}
