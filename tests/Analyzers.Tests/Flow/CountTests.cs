using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Tests.Flow;

/// <summary>The laws that the interval lattice states, enumerated over all its values near and at the limits.</summary>
public sealed class CountTests
{
    private static readonly Count[] All =
    [
        .. from low in Enumerable.Range(-Count.Limit - 1, (2 * Count.Limit) + 3)
           from high in Enumerable.Range(-Count.Limit - 1, (2 * Count.Limit) + 3)
           where low <= high
           select new Count(low, high),
    ];

    [Fact]
    public void Join_is_commutative_and_idempotent_and_above_both()
    {
        foreach (var left in All)
        {
            Assert.Equal(left, left.Join(left));
            foreach (var right in All)
            {
                var join = left.Join(right);
                Assert.Equal(join, right.Join(left));
                Assert.True(join.Low <= left.Low && join.High >= left.High && join.Low <= right.Low && join.High >= right.High);
            }
        }
    }

    [Fact]
    public void Join_is_associative()
    {
        var some = All.Where((_, index) => index % 7 == 0).ToArray();
        foreach (var (a, b, c) in from a in some from b in some from c in some select (a, b, c))
        {
            Assert.Equal(a.Join(b).Join(c), a.Join(b.Join(c)));
        }
    }

    [Fact]
    public void Widening_ends_every_chain_after_two_steps()
    {
        foreach (var (known, next) in from a in All from b in All select (a, b))
        {
            var once = known.Join(known.Widen(next));
            Assert.True(once.Low == known.Low || once.Low == Count.Unknown.Low);
            Assert.True(once.High == known.High || once.High == Count.Unknown.High);
        }
    }

    [Fact]
    public void Adding_saturates_and_does_not_come_back()
    {
        var many = Enumerable.Repeat(1, Count.Limit + 1).Aggregate(Count.Zero, (count, unit) => count.Add(unit));
        Assert.False(many.IsExact);
        Assert.False(many.Add(-1).IsExact);
    }

    [Fact]
    public void Only_single_finite_values_are_exact() => Assert.All(All, count => Assert.Equal(count.Low == count.High && Math.Abs(count.Low) <= Count.Limit, count.IsExact));
}
