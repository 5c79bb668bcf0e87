using CsCheck;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Random insertions and removals, after which the tree answers as a sorted list does.</summary>
public sealed class AreaTreeTests
{
    private const int Shift = 12;
    private const int Window = 600;   // pages, for hundreds of areas: three levels of nodes

    private enum Event
    {
        Insert,
        InsertMany,
        Remove,
        RemoveMany,
        Grow,
        ChangeFlags,
        FindGap,
    }

    private sealed record Step(Event Event, int Page, int Length);

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(Event.Insert)),
            (2, Gen.Const(Event.InsertMany)),
            (6, Gen.Const(Event.Remove)),
            (1, Gen.Const(Event.RemoveMany)),
            (2, Gen.Const(Event.Grow)),
            (2, Gen.Const(Event.ChangeFlags)),
            (4, Gen.Const(Event.FindGap))),
        Gen.Int[0, Window - 1],
        Gen.Int[1, 8],
        (what, page, length) => new Step(what, page, length));

    [Fact]
    public void A_tree_answers_as_a_sorted_list_does() =>
        Steps.Array[1, 250].Sample(
            steps =>
            {
                var model = new Model();
                foreach (Step step in steps)
                    model.Take(step);
                model.AssertEveryAnswer();
            },
            iter: 300,
            print: steps => string.Join(Environment.NewLine, steps.AsEnumerable()));

    [Fact]
    public void A_gap_that_opens_between_two_leaves_is_found()
    {
        var model = new Model();
        for (int page = 0; page < Window; page++)
            model.Take(new Step(Event.Insert, page, 1));
        for (int page = 0; page < Window; page++)
        {
            model.Take(new Step(Event.Remove, page, 1));
            Assert.Equal(Model.Address(page), model.Tree.FindGap(0, Model.Address(1)));
            model.Take(new Step(Event.Insert, page, 1));
        }
    }

    [Fact]
    public void An_address_above_all_pages_lies_above_every_area()
    {
        var model = new Model();
        model.Take(new Step(Event.Insert, 1, 1));
        Assert.Null(model.Tree.Find(ulong.MaxValue));
        Assert.NotNull(model.Tree.FindBelow(ulong.MaxValue));
    }

    /// <summary>A tree and the list that it is compared with.</summary>
    private sealed class Model
    {
        private readonly List<VmArea> _areas = [];

        public AreaTree Tree { get; } = new(Shift);

        public static ulong Address(int page) => (ulong)page << Shift;

        public void Take(Step step)
        {
            switch (step.Event)
            {
                case Event.Insert:
                    Insert(step.Page, step.Length);
                    break;
                case Event.InsertMany:
                    for (int page = step.Page; page < Window; page += step.Length + 1)
                        Insert(page, step.Length);
                    break;
                case Event.Remove:
                    Remove(_areas.Find(area => area.High > Address(step.Page)));
                    break;
                case Event.RemoveMany:
                    foreach (VmArea area in _areas.FindAll(area => area.Low >= Address(step.Page) && area.High <= Address(step.Page + (10 * step.Length))))
                        Remove(area);
                    break;
                case Event.Grow:
                    Grow(_areas.Find(area => area.High > Address(step.Page)), Address(step.Length));
                    break;
                case Event.ChangeFlags:
                    if (_areas.Find(area => area.High > Address(step.Page)) is { } changed)
                        changed.Flags = VmFlags.Write;
                    break;
                default:
                    AssertGap(Address(step.Page), Address(step.Length));
                    break;
            }

            AssertNear(Address(step.Page));
        }

        public void AssertEveryAnswer()
        {
            Assert.Equal(_areas, Tree.ToList());
            for (int page = 0; page <= Window + 10; page++)
            {
                AssertNear(Address(page));
                for (int length = 1; length < 12; length += 3)
                    AssertGap(Address(page), Address(length));
            }
        }

        private void AssertNear(ulong address)
        {
            ulong inside = address + 5;
            Assert.Equal(_areas.Count, Tree.Count);
            Assert.Same(_areas.Find(area => area.High > address), Tree.Find(address));
            Assert.Same(_areas.Find(area => area.High > inside), Tree.Find(inside));
            Assert.Same(_areas.FindLast(area => area.Low < address), Tree.FindBelow(address));
            Assert.Same(_areas.FindLast(area => area.Low < inside), Tree.FindBelow(inside));
            foreach (VmFlags flags in new[] { VmFlags.Read, VmFlags.Write })
            {
                Assert.Same(_areas.Find(area => area.High == address && area.Flags == flags), Tree.FindEndingAt(address, flags));
                Assert.Same(_areas.Find(area => area.Low == address && area.Flags == flags), Tree.FindStartingAt(address, flags));
            }

            Assert.Same(_areas.Find(area => area.High > address && area.Low < address + Address(3)), Tree.FindIn(address, address + Address(3)));
        }

        private void AssertGap(ulong from, ulong length)
        {
            ulong expected = from;
            foreach (VmArea area in _areas)
            {
                if (area.High <= expected)
                    continue;
                if (area.Low >= expected + length)
                    break;
                expected = area.High;
            }

            Assert.Equal(expected, Tree.FindGap(from, length));
        }

        private void Insert(int page, int length)
        {
            ulong start = Address(page);
            ulong end = Address(page + length);
            if (_areas.Exists(area => area.Low < end && area.High > start))
                return;
            var added = new VmArea(null!, start, end) { Flags = VmFlags.Read };
            Tree.Insert(added);
            _areas.Insert(_areas.FindLastIndex(area => area.Low < start) + 1, added);
        }

        private void Remove(VmArea? area)
        {
            if (area is null)
                return;
            Tree.Remove(area);
            _areas.Remove(area);
        }

        private void Grow(VmArea? area, ulong by)
        {
            if (area is null || _areas.Exists(other => other.Low >= area.High && other.Low < area.High + by))
                return;
            Tree.SetEnd(area, area.High + by);
        }
    }
}
