using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace MmapAnalyzers.Package.Tests;

public sealed class PackageContentTests(PackageFeed feed)
{
    [Fact]
    public void The_analyzers_package_holds_two_assemblies_and_a_build_file_and_nothing_that_a_program_could_reference() => Assert.Equal(
        [
            "MmapAnalyzers.nuspec",
            "README.md",
            "analyzers/dotnet/cs/MmapAnalyzers.CodeFixes.dll",
            "analyzers/dotnet/cs/MmapAnalyzers.dll",
            "buildTransitive/MmapAnalyzers.props",
            "icon.png",
        ],
        Entries("MmapAnalyzers", "nupkg"));

    [Fact]
    public void The_runtime_package_holds_a_documented_library_for_each_framework() => Assert.Equal(
        [
            "MmapAnalyzers.Runtime.nuspec",
            "README.md",
            "icon.png",
            "lib/net10.0/MmapAnalyzers.Runtime.dll",
            "lib/net10.0/MmapAnalyzers.Runtime.xml",
            "lib/net8.0/MmapAnalyzers.Runtime.dll",
            "lib/net8.0/MmapAnalyzers.Runtime.xml",
        ],
        Entries("MmapAnalyzers.Runtime", "nupkg"));

    [Fact]
    public void The_symbol_package_belongs_to_the_runtime_alone()
    {
        Assert.Equal(
            ["MmapAnalyzers.Runtime.nuspec", "lib/net10.0/MmapAnalyzers.Runtime.pdb", "lib/net8.0/MmapAnalyzers.Runtime.pdb"],
            Entries("MmapAnalyzers.Runtime", "snupkg"));
        Assert.Single(Directory.GetFiles(feed.Path, "*.snupkg"));
    }

    [Fact]
    public void The_analyzers_package_depends_on_nothing_and_is_a_development_dependency()
    {
        XElement metadata = Metadata("MmapAnalyzers");
        Assert.Empty(Dependencies(metadata));
        Assert.Equal("true", Value(metadata, "developmentDependency"));
    }

    [Fact]
    public void The_runtime_package_depends_on_the_same_version_of_the_analyzers_and_lets_them_flow()
    {
        XElement metadata = Metadata("MmapAnalyzers.Runtime");
        XElement[] dependencies = [.. Dependencies(metadata)];
        Assert.Equal(2, dependencies.Length);   // net8.0 and net10.0
        Assert.All(dependencies, dependency =>
        {
            Assert.Equal("MmapAnalyzers", (string?)dependency.Attribute("id"));
            Assert.Equal(Value(metadata, "version"), (string?)dependency.Attribute("version"));
            Assert.Null(dependency.Attribute("exclude"));
            Assert.Contains("Analyzers", ((string?)dependency.Attribute("include"))?.Split(',') ?? []);
        });
    }

    [Theory]
    [InlineData("MmapAnalyzers")]
    [InlineData("MmapAnalyzers.Runtime")]
    public void A_package_says_what_it_is_and_under_which_licence(string id)
    {
        XElement metadata = Metadata(id);
        Assert.Equal(id, Value(metadata, "id"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.Equal("icon.png", Value(metadata, "icon"));
        Assert.NotEqual("Package Description", Value(metadata, "description"));   // the SDK's placeholder
    }

    [Theory]
    [InlineData("analyzers/dotnet/cs/MmapAnalyzers.dll")]
    [InlineData("analyzers/dotnet/cs/MmapAnalyzers.CodeFixes.dll")]
    public void An_analyzer_assembly_is_deterministic_and_carries_its_symbols(string entry)
    {
        using ZipArchive package = ZipFile.OpenRead(feed.Package("MmapAnalyzers", "nupkg"));
        Assert.Superset(
            new HashSet<DebugDirectoryEntryType> { DebugDirectoryEntryType.EmbeddedPortablePdb, DebugDirectoryEntryType.Reproducible },
            DebugEntries(package, entry));
    }

    [Theory]
    [InlineData("lib/net8.0/MmapAnalyzers.Runtime.dll")]
    [InlineData("lib/net10.0/MmapAnalyzers.Runtime.dll")]
    public void A_runtime_assembly_is_deterministic(string entry)
    {
        using ZipArchive package = ZipFile.OpenRead(feed.Package("MmapAnalyzers.Runtime", "nupkg"));
        Assert.Contains(DebugDirectoryEntryType.Reproducible, DebugEntries(package, entry));
    }

    /// <summary>The files of a package, without the parts that the container format itself needs.</summary>
    private string[] Entries(string id, string extension)
    {
        using ZipArchive package = ZipFile.OpenRead(feed.Package(id, extension));
        return
        [
            .. package.Entries.Select(entry => entry.FullName)
                .Where(name => name is not ("[Content_Types].xml" or "_rels/.rels") && !name.StartsWith("package/services/metadata/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    private XElement Metadata(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(feed.Package(id, "nupkg"));
        using Stream nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    private static string? Value(XElement metadata, string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    private static IEnumerable<XElement> Dependencies(XElement metadata) => metadata.Descendants().Where(element => element.Name.LocalName == "dependency");

    private static HashSet<DebugDirectoryEntryType> DebugEntries(ZipArchive package, string entry)
    {
        using Stream stream = package.GetEntry(entry)!.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        memory.Position = 0;
        using var image = new PEReader(memory);
        return [.. image.ReadDebugDirectory().Select(debug => debug.Type)];
    }
}
