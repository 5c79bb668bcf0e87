using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Package.Tests;

public sealed class BrokenDriversTests
{
    [Fact]
    public async Task A_build_of_the_broken_drivers_reports_what_their_comments_expect_and_nothing_else()
    {
        string folder = Repository.PathOf("samples/BrokenDrivers");
        SortedSet<Finding> expected = Finding.ExpectedIn(folder);
        Assert.NotEmpty(expected);

        // Outputs of its own: the build of the working tree, which may be running these tests, is left alone.
        using var outputs = new TemporaryFolder();
        string log = await DotNet.Run(
            Repository.Root, packages: null,
            "build", "samples/BrokenDrivers", "--no-incremental", "--artifacts-path", outputs.Path, "--disable-build-servers", "-p:NuGetAudit=false");
        Finding.AssertSame(expected, Finding.ReportedIn(log, folder), log);
    }
}
