using CsCheck;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Random programs of protecting, locking and unmapping against a model that knows pages only.</summary>
public sealed class MprotectModelTests
{
    private const int Pages = 12;

    private enum Kind
    {
        Map,
        Protect,
        Lock,
        Unlock,
        Unmap,
    }

    private sealed record Step(Kind Kind, int Page, int Count, Protection Protection)
    {
        public int End => Math.Min(Pages, Page + Count);
    }

    private sealed record Page(Protection Protection, bool IsLocked);

    private static readonly Protection[] Protections = [Protection.None, Protection.Read, Protection.ReadWrite];

    private static readonly Gen<Step> Steps =
        Gen.Select(Gen.Enum<Kind>(), Gen.Int[0, Pages - 1], Gen.Int[1, Pages], Gen.Int[0, Protections.Length - 1])
            .Select((kind, page, count, protection) => new Step(kind, page, count, Protections[protection]));

    [Fact]
    public void Rights_locks_counts_and_offsets_are_what_a_model_of_single_pages_says() => Steps.List[1, 25].Sample(
        steps =>
        {
            using var rig = new Rig(new PageDriver(Pages));
            var model = new Page?[Pages];
            rig.MapDevice(100, 1);
            foreach (Step step in steps)
            {
                Run(rig, step);
                Apply(model, step);
                Compare(rig, model);
            }

            rig.Process.Exit();
            Assert.Equal(0, rig.Driver.UseCount);
            Assert.Equal(0, rig.Driver.Inode.Count);
            Assert.Empty(rig.Machine.Shutdown());
        },
        iter: 300);

    private static void Run(Rig rig, Step step)
    {
        ulong length = (ulong)(step.End - step.Page) * Rig.Page;
        switch (step.Kind)
        {
            case Kind.Map:
                rig.MapDevice(step.Page, step.End - step.Page, step.Page, step.Protection);
                break;
            case Kind.Protect:
                rig.Process.SysMprotect(Rig.At(step.Page), length, step.Protection);
                break;
            case Kind.Lock:
                rig.Process.SysMlock(Rig.At(step.Page), length);
                break;
            case Kind.Unlock:
                rig.Process.SysMunlock(Rig.At(step.Page), length);
                break;
            case Kind.Unmap:
                rig.Process.Munmap(Rig.At(step.Page), length);
                break;
        }
    }

    private static void Apply(Page?[] model, Step step)
    {
        for (int page = step.Page; page < step.End; page++)
        {
            if (step.Kind is Kind.Protect or Kind.Lock or Kind.Unlock && model[page] is null)
                return;
            model[page] = step.Kind switch
            {
                Kind.Map => new Page(step.Protection, false),
                Kind.Unmap => null,
                Kind.Protect => model[page]! with { Protection = step.Protection },
                _ => model[page]! with { IsLocked = step.Kind == Kind.Lock },
            };
        }
    }

    private static void Compare(Rig rig, Page?[] model)
    {
        for (int page = 0; page < Pages; page++)
        {
            VmArea? area = rig.Process.AddressSpace.FindArea(Rig.At(page));
            Assert.Equal(model[page] is null, area is null);
            if (area is null)
                continue;
            Assert.Equal(model[page]!.Protection, (Protection)(area.Flags & (VmFlags.Read | VmFlags.Write | VmFlags.Exec)));
            Assert.Equal(model[page]!.IsLocked, area.Flags.HasFlag(VmFlags.Locked));
            Assert.Equal((ulong)page * Rig.Page, area.Offset + (Rig.At(page) - area.Start));
        }

        // What is alike is one area, and each area is one unit of both counts.
        int runs = Enumerable.Range(0, Pages).Count(page => model[page] is not null && (page == 0 || model[page] != model[page - 1]));
        Assert.Equal(runs + 1, rig.Process.AddressSpace.Areas.Count);
        Assert.Equal(runs + 1, rig.Driver.UseCount);
        Assert.Equal(runs + 2, rig.Driver.Inode.Count);
        Assert.Equal(model.Count(page => page is { IsLocked: true }), rig.Process.AddressSpace.LockedPages);
    }
}
