using MmapAnalyzers.Package.Tests;

[assembly: AssemblyFixture(typeof(PackageFeed))]
