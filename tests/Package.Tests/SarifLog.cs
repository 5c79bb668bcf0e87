using System.Text.Json;

namespace MmapAnalyzers.Package.Tests;

/// <summary>What the compiler writes in SARIF 2.1, with the sources as they were then.</summary>
internal sealed class SarifLog
{
    private readonly List<(string Rule, string[] Places, string File)> _results;

    private SarifLog(List<(string Rule, string[] Places, string File)> results) => _results = results;

    public static SarifLog Read(string path)
    {
        using var log = JsonDocument.Parse(File.ReadAllText(path));
        return new SarifLog([.. log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(ReadResult)]);
    }

    /// <summary>What stands at the place of the only finding of a rule in a file, and at the places that belong to it.</summary>
    public IReadOnlyList<string> StoryOf(string rule, string file) => Assert.Single(_results, result => result.Rule == rule && result.File == file).Places;

    private static (string Rule, string[] Places, string File) ReadResult(JsonElement result)
    {
        JsonElement[] places = [.. Places(result, "locations"), .. Places(result, "relatedLocations")];
        return (result.GetProperty("ruleId").GetString()!, [.. places.Select(TextAt)], Path.GetFileName(FileOf(places[0])));
    }

    private static IEnumerable<JsonElement> Places(JsonElement result, string property) =>
        result.TryGetProperty(property, out JsonElement places) ? places.EnumerateArray().Select(place => place.GetProperty("physicalLocation")) : [];

    private static string FileOf(JsonElement place) => new Uri(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath;

    private static string TextAt(JsonElement place)
    {
        JsonElement region = place.GetProperty("region");
        int Number(string property) => region.GetProperty(property).GetInt32();
        string line = File.ReadLines(FileOf(place)).ElementAt(Number("startLine") - 1);
        return line[(Number("startColumn") - 1)..(Number("endLine") == Number("startLine") ? Number("endColumn") - 1 : line.Length)];
    }
}
