using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Package.Tests;

/// <summary>What whoever installs the analyzers alone sees of leaks in code that was never told of them, and what <c>dotnet format</c> makes of it.</summary>
public sealed class RepairTests(RepairedConsumer user) : IClassFixture<RepairedConsumer>
{
    private static readonly string Expected = Repository.PathOf("tests/Package.Tests/Consumers/NativeConsumer.Repaired");

    public static TheoryData<string> RepairedFiles => [.. Directory.GetFiles(Expected, "*.cs").Select(file => Path.GetFileName(file))];

    [Fact]
    public void A_build_reports_the_leaks_of_the_framework_of_native_code_and_of_the_projects_own_protocol() =>
        Finding.AssertSame(user.ExpectedFindings, user.ReportedBefore, user.LogBefore);

    [Theory]
    [InlineData("The rented array that 'Rent' takes is not given back when 'new EndOfStreamException(…)' is thrown because 'i < length' is true and 'letter < 0' is true")]
    [InlineData("The reference to the handle on 'handle' that 'DangerousAddRef' takes is not given back when 'command < 0' is true")]
    [InlineData("The mapping that 'mmap' takes is not given back when 'head == Native.Failed' is false and 'data == Native.Failed' is true")]
    [InlineData("The ticket that 'Draw' takes is not given back when 'order is null' is true")]
    public void A_message_names_what_takes_and_tells_the_way_out(string message) => Assert.Contains(message, user.LogBefore, StringComparison.Ordinal);

    [Fact]
    public void The_log_for_tools_has_the_places_of_the_way_in_order() => Assert.Equal(
        ["Native.mmap(0, Size, 3, 1, file, 0)", "head == Native.Failed", "data == Native.Failed", "false"],
        user.Sarif.StoryOf("MMAP4001", "Ring.cs"));

    [Theory]
    [MemberData(nameof(RepairedFiles))]
    public void Dotnet_format_repairs_each_as_one_would_by_hand(string file) =>
        Assert.Equal(File.ReadAllText(Path.Combine(Expected, file)), user.RepairedText(file));

    [Fact]
    public void Nothing_else_is_changed() => Assert.Equal(Directory.GetFiles(Expected, "*.cs").Select(file => Path.GetFileName(file)).Order(), user.ChangedFiles.Order());

    [Fact]
    public void The_repaired_project_builds_without_a_finding() => Finding.AssertSame(new SortedSet<Finding>(), user.ReportedAfter, user.LogAfter);
}
