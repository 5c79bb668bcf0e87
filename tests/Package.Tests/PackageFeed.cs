using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Package.Tests;

/// <summary>Both packages, packed once for all tests into a folder that serves as the only package source.</summary>
/// <remarks>The build's outputs go there too, so that packing disturbs no other build of the working tree.</remarks>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder with the packages.</summary>
    public string Path => _folder["feed"];

    /// <summary>The only file of the feed that matches, such as <c>MmapAnalyzers.Runtime.*.nupkg</c>.</summary>
    public string Package(string id, string extension) =>
        Assert.Single(Directory.GetFiles(Path, $"{id}.*.{extension}"), file => char.IsAsciiDigit(System.IO.Path.GetFileName(file)[id.Length + 1]));

    public async ValueTask InitializeAsync()
    {
        foreach (string project in (string[])["src/Package", "src/Runtime"])
        {
            await DotNet.Run(
                Repository.Root, packages: null,
                "pack", project, "-c", "Release", "-o", Path, "--artifacts-path", _folder["artifacts"], "--disable-build-servers", "-p:NuGetAudit=false");
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
