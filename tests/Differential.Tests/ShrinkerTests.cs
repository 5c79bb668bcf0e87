using MmapAnalyzers.Differential.Running;

namespace MmapAnalyzers.Differential.Tests;

public sealed class ShrinkerTests
{
    [Fact]
    public void Only_what_is_needed_for_the_failure_is_left() =>
        Assert.Equal([17, 60, 61], Shrinker.Shrink([.. Enumerable.Range(0, 100)], part => part.Contains(17) && part.Contains(60) && part.Contains(61)));

    [Fact]
    public void A_failure_without_a_cause_needs_nothing() => Assert.Empty(Shrinker.Shrink([1, 2, 3], _ => true));
}
