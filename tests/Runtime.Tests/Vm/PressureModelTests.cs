using CsCheck;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Random programs on a machine with far too little memory: every page holds what a naive model says, and in the end nothing is lost.</summary>
public sealed class PressureModelTests
{
    private const int Pages = 24;
    private const int SharedPages = 8;
    private const int MostProcesses = 4;
    private const int FreePages = 14;

    private static readonly UserAddress _shared = Rig.At(512);

    private enum Event
    {
        Map,
        Unmap,
        Write,
        Read,
        Fork,
        Steal,
        Exit,
        Move,
        Attach,
        Detach,
        WriteShared,
        ReadShared,
    }

    private readonly record struct Step(Event Event, int Who, int Page, int Length);

    [Fact]
    public void Contents_survive_any_pressure_and_no_page_or_slot_is_lost()
    {
        Gen<Step> step = Gen.Select(Gen.Enum<Event>(), Gen.Int[0, MostProcesses - 1], Gen.Int[0, Pages - 1], Gen.Int[1, 12])
            .Select((@event, who, page, length) => new Step(@event, who, page, length));

        step.Array[1, 200].Sample(Run, iter: 300);
    }

    private static void Run(Step[] steps)
    {
        using var rig = new Rig();
        rig.Kernel.AddSwap(200);
        while (rig.Kernel.MemMap.FreeCount > FreePages)
            rig.Kernel.GetFreePage();
        int before = rig.Kernel.MemMap.FreeCount;
        int segment = rig.Process.Shmget(0, SharedPages * Rig.Page, ShmFlags.None);
        int[] shared = new int[SharedPages];
        List<Model> models = [new Model(rig.Kernel.Spawn())];
        int value = 0;
        foreach (Step step in steps)
            Apply(rig, models, models[step.Who % models.Count], step, segment, shared, value += Pages);

        foreach (Model model in models)
            model.Check(shared);
        foreach (Model model in models)
            model.Process.Exit();
        rig.Process.Shmctl(segment, ShmCommand.Remove);
        Assert.Equal(before, rig.Kernel.MemMap.FreeCount);
        Assert.Equal(0, rig.Kernel.LostSwapSlots);
        Assert.Empty(rig.Machine.Shutdown());
    }

    private static void Apply(Rig rig, List<Model> models, Model model, Step step, int segment, int[] shared, int value)
    {
        int length = Math.Min(step.Length, Pages - step.Page);
        int sharedPage = step.Page % SharedPages;
        switch (step.Event)
        {
            case Event.Map:
                rig.MapMemory(step.Page, length, by: model.Process);
                model.Set(step.Page, length, 0);
                break;
            case Event.Unmap:
                model.Process.Munmap(Rig.At(step.Page), (ulong)length * Rig.Page);
                model.Set(step.Page, length, null);
                break;
            case Event.Write:
                model.Write(step.Page, length, value);
                break;
            case Event.Read:
                model.Read(step.Page, length);
                break;
            case Event.Fork when models.Count < MostProcesses:
                models.Add(model.Fork());
                break;
            case Event.Steal:
                rig.Kernel.FreePagesByStealing(step.Length);
                break;
            case Event.Exit when models.Count > 1:
                model.Process.Exit();
                models.Remove(model);
                break;
            case Event.Move when model.Values[step.Page] is { } moved:
                model.Move(step.Page, moved);
                break;
            case Event.Attach when !model.IsAttached:
                model.Process.Shmat(segment, _shared);
                model.IsAttached = true;
                break;
            case Event.Detach:
                model.Process.Shmdt(_shared);
                model.IsAttached = false;
                break;
            case Event.WriteShared when model.IsAttached:
                model.Process.Store(_shared + ((ulong)sharedPage * Rig.Page), value);
                shared[sharedPage] = value;
                break;
            case Event.ReadShared when model.IsAttached:
                Assert.Equal(shared[sharedPage], model.Process.Load<int>(_shared + ((ulong)sharedPage * Rig.Page)));
                break;
        }
    }

    /// <summary>A process and what its pages hold; null where nothing is mapped.</summary>
    private sealed class Model(Process process)
    {
        public Process Process { get; } = process;
        public int?[] Values { get; private init; } = new int?[Pages];
        public bool IsAttached { get; set; }

        public Model Fork() => new(Process.Fork()) { Values = [.. Values], IsAttached = IsAttached };

        public void Set(int page, int length, int? value) => Array.Fill(Values, value, page, length);

        /// <summary>Makes a mapping too long for its place, finds the page where it went, and unmaps all of it.</summary>
        public void Move(int page, int value)
        {
            UserAddress to = Process.Mremap(Rig.At(page), Rig.Page, (Pages + 1) * Rig.Page, MremapFlags.MayMove);
            Assert.Equal(value, Process.Load<int>(to));
            Process.Munmap(to, (Pages + 1) * Rig.Page);
            Values[page] = null;
        }

        public void Write(int first, int length, int value)
        {
            for (int page = first; page < first + length; page++)
            {
                if (Values[page] is null)
                    continue;
                Process.Store(Rig.At(page), value + page);
                Values[page] = value + page;
            }
        }

        public void Read(int first, int length)
        {
            for (int page = first; page < first + length; page++)
            {
                if (Values[page] is { } expected)
                    Assert.Equal(expected, Process.Load<int>(Rig.At(page)));
            }
        }

        public void Check(int[] shared)
        {
            Read(0, Pages);
            for (int page = 0; IsAttached && page < SharedPages; page++)
                Assert.Equal(shared[page], Process.Load<int>(_shared + ((ulong)page * Rig.Page)));
        }
    }
}
