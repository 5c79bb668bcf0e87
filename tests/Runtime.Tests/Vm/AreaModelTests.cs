using CsCheck;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary>Random programs of several processes, run on the machine and on a dictionary from pages to contents.</summary>
/// <remarks>CsCheck prints the seed of a failure and the shortest program that it found.</remarks>
public sealed class AreaModelTests
{
    private const int Window = 24;           // pages in which mappings are asked for
    private const int DevicePages = 64;
    private const int MostProcesses = 4;

    private enum Event
    {
        MapMemory,
        MapShared,
        MapPrivate,
        Unmap,
        Read,
        Write,
        Remap,
        RemapMayMove,
        Fork,
        Exit,
        CloseFile,
    }

    /// <summary>One step; each event takes what it needs of the numbers.</summary>
    private sealed record Step(Event Event, int Who, int Page, int Length, int Other)
    {
        public override string ToString() => $"{Event} by {Who} at {Page}+{Length} ({Other})";
    }

    private static readonly Gen<Event> Events = Gen.Frequency(
        (3, Gen.Const(Event.MapMemory)),
        (4, Gen.Const(Event.MapShared)),
        (3, Gen.Const(Event.MapPrivate)),
        (3, Gen.Const(Event.Unmap)),
        (6, Gen.Const(Event.Read)),
        (6, Gen.Const(Event.Write)),
        (2, Gen.Const(Event.Remap)),
        (3, Gen.Const(Event.RemapMayMove)),
        (1, Gen.Const(Event.Fork)),
        (1, Gen.Const(Event.Exit)),
        (1, Gen.Const(Event.CloseFile)));

    private static readonly Gen<Step> Steps = Gen.Select(
        Events,
        Gen.Int[0, MostProcesses - 1],
        Gen.Int[0, Window - 1],
        Gen.Int[1, 6],
        Gen.Int[0, 12],
        (what, who, page, length, other) => new Step(what, who, page, length, other));

    [Fact]
    public void Random_programs_agree_with_a_dictionary_of_pages() =>
        Steps.Array[1, 60].Sample(
            program =>
            {
                using var run = new Run();
                foreach (Step step in program)
                    run.Take(step);
                run.End();
            },
            iter: 400,
            print: program => string.Join(Environment.NewLine, program.AsEnumerable()));

    /// <summary>A machine and the models of its processes.</summary>
    private sealed class Run : IDisposable
    {
        private readonly PageDriver _driver = new(DevicePages) { OnNopage = Serve };
        private readonly Rig _rig;
        private readonly Inode _inode;
        private readonly int[] _device = new int[DevicePages];
        private readonly List<AreaModel> _alive;
        private readonly HashSet<Process> _withFile;
        private readonly int _free;
        private int _next = 1;

        public Run()
        {
            _rig = new Rig(_driver);
            _inode = _rig.Kernel.FindInode("/dev/test")!;
            _alive = [new AreaModel(_rig.Process)];
            _withFile = [_rig.Process];
            _free = _rig.Kernel.MemMap.FreeCount;
        }

        public void Dispose() => _rig.Dispose();

        public void Take(Step step)
        {
            if (_alive.Count == 0)
                return;
            AreaModel one = _alive[step.Who % _alive.Count];
            switch (step.Event)
            {
                case Event.MapMemory:
                    _rig.MapMemory(step.Page, step.Length, by: one.Process);
                    one.Map(step.Page, step.Length, PageKind.Memory, 0);
                    break;
                case Event.MapShared:
                    MapDevice(one, step, PageKind.Shared);
                    break;
                case Event.MapPrivate:
                    MapDevice(one, step, PageKind.Private);
                    break;
                case Event.Unmap:
                    one.Process.Munmap(Rig.At(step.Page), (ulong)step.Length * Rig.Page);
                    one.Unmap(step.Page, step.Length);
                    break;
                case Event.Read:
                    Read(one, step.Page);
                    break;
                case Event.Write:
                    Write(one, step.Page);
                    break;
                case Event.Remap:
                    Remap(one, step, MremapFlags.None);
                    break;
                case Event.RemapMayMove:
                    Remap(one, step, MremapFlags.MayMove);
                    break;
                case Event.Fork:
                    Fork(one);
                    break;
                case Event.Exit:
                    one.Process.Exit();
                    _alive.Remove(one);
                    _withFile.Remove(one.Process);
                    break;
                case Event.CloseFile:
                    if (_withFile.Remove(one.Process))
                        one.Process.Close(_rig.Fd);
                    break;
            }
            AssertAreasAndCounts();
        }

        /// <summary>Every page of every process shows what the model says; then all exit and nothing is left over.</summary>
        public void End()
        {
            foreach (AreaModel one in _alive)
            {
                foreach (int page in one.Pages.Keys.ToArray())
                    Read(one, page);
            }
            foreach (AreaModel one in _alive)
                one.Process.Exit();
            Assert.Equal(0, _driver.UseCount);
            Assert.Equal(0, _inode.Count);
            Assert.All(Enumerable.Range(0, DevicePages), i => Assert.Equal(1, _driver.PageAt(i).Count));
            Assert.True(_rig.Kernel.MemMap.FreeCount >= _free, "Pages were lost.");
            Assert.Equal(Errno.None, _rig.Kernel.Remove(_driver));
            Assert.Empty(_rig.Machine.Shutdown());
        }

        private void MapDevice(AreaModel one, Step step, PageKind kind)
        {
            MapFlags sharing = kind == PageKind.Shared ? MapFlags.Shared : MapFlags.Private;
            void Map() => _rig.MapDevice(step.Page, step.Length, step.Other, sharing: sharing, by: one.Process);
            if (!_withFile.Contains(one.Process))
            {
                Assert.Equal(Errno.EBADF, Assert.Throws<KernelException>(Map).Error);
                return;
            }
            Map();
            one.Map(step.Page, step.Length, kind, step.Other);
        }

        private void Read(AreaModel one, int page)
        {
            if (!one.Pages.TryGetValue(page, out ModelPage entry))
                AssertSignal(Signal.SIGSEGV, () => one.Process.Load<int>(Rig.At(page)));
            else if (entry.IsDevice && entry.DevicePage >= DevicePages)
                return;                     // beyond the device: a signal, and then junk
            else
                Assert.Equal(one.Read(page, _device), one.Process.Load<int>(Rig.At(page)));
        }

        private void Write(AreaModel one, int page)
        {
            int value = _next++;
            if (!one.Pages.TryGetValue(page, out ModelPage entry))
                AssertSignal(Signal.SIGSEGV, () => one.Process.Store(Rig.At(page), value));
            else if (entry.IsDevice && entry.DevicePage >= DevicePages)
                return;
            else
            {
                one.Process.Store(Rig.At(page), value);
                one.Write(page, value, _device);
            }
        }

        private void Remap(AreaModel one, Step step, MremapFlags flags)
        {
            int newLength = step.Other;
            UserAddress at = Rig.At(step.Page);
            if (step.Length >= newLength)
            {
                Assert.Equal(at, one.Process.Mremap(at, (ulong)step.Length * Rig.Page, (ulong)newLength * Rig.Page, flags));
                one.Unmap(step.Page + newLength, step.Length - newLength);
                return;
            }

            VmArea? area = one.Process.AddressSpace.Areas.FirstOrDefault(area => area.Start <= at && at < area.End);
            bool isInside = area is not null && (ulong)step.Length * Rig.Page <= area.End - at;
            bool canGrow = isInside && Rig.At(step.Page + step.Length) == area!.End &&
                Enumerable.Range(step.Page + step.Length, newLength - step.Length).All(page => !one.Pages.ContainsKey(page));
            if (!isInside || (!canGrow && flags == MremapFlags.None))
            {
                Errno expected = isInside ? Errno.ENOMEM : Errno.EFAULT;
                Assert.Equal(-(long)expected, one.Process.SysMremap(at, (ulong)step.Length * Rig.Page, (ulong)newLength * Rig.Page, flags));
                return;
            }

            UserAddress to = one.Process.Mremap(at, (ulong)step.Length * Rig.Page, (ulong)newLength * Rig.Page, flags);
            int newPage = (int)((to - Rig.Base) / Rig.Page);
            Assert.Equal(canGrow, to == at);
            Assert.True(canGrow || !Enumerable.Range(newPage, newLength).Any(one.Pages.ContainsKey), "Moved onto a mapping.");
            one.Grow(step.Page, step.Length, newPage, newLength);
        }

        private void Fork(AreaModel one)
        {
            if (_alive.Count == MostProcesses)
                return;
            AreaModel child = one.Fork();
            _alive.Add(child);
            if (_withFile.Contains(one.Process))
                _withFile.Add(child.Process);
        }

        /// <summary>The areas are sorted, disjoint and show what the model says; driver and inode are counted once for each area of the device.</summary>
        private void AssertAreasAndCounts()
        {
            int deviceAreas = 0;
            foreach (AreaModel one in _alive)
            {
                int covered = 0;
                UserAddress end = default;
                foreach (VmArea area in one.Process.AddressSpace.Areas)
                {
                    Assert.True(end <= area.Start && area.Start < area.End, "Areas overlap, or one is empty.");
                    end = area.End;
                    covered += AssertArea(one, area);
                    deviceAreas += area.Inode is null ? 0 : 1;
                }
                Assert.Equal(one.Pages.Count, covered);
            }
            Assert.Equal(deviceAreas, _driver.UseCount);
            Assert.Equal(deviceAreas + (_withFile.Count > 0 ? 1 : 0), _inode.Count);
        }

        private static int AssertArea(AreaModel one, VmArea area)
        {
            int first = (int)((area.Start - Rig.Base) / Rig.Page);
            int pages = (int)(area.Length / Rig.Page);
            for (int i = 0; i < pages; i++)
            {
                ModelPage page = one.Pages[first + i];
                Assert.Equal(page.IsDevice, area.Inode is not null);
                Assert.Equal(page.Kind == PageKind.Shared, area.Flags.HasFlag(VmFlags.Shared));
                if (page.IsDevice)
                    Assert.Equal(page.DevicePage, (int)(area.Offset / Rig.Page) + i);
            }
            return pages;
        }

        /// <summary>The device's page; a copy of it for a process that is about to write to a private mapping.</summary>
        private static KernelAddress Serve(TestDriver driver, VmArea area, UserAddress address, bool noShare)
        {
            var pages = (PageDriver)driver;
            KernelAddress page = pages.Uncounted(area, address);
            if (page.IsNull || !noShare)
                return pages.Counted(area, address);
            KernelAddress copy = driver.Kernel.GetFreePage();
            driver.Kernel.Access(page, (int)Rig.Page).CopyTo(driver.Kernel.Access(copy, (int)Rig.Page));
            return copy;
        }

        private static void AssertSignal(Signal expected, Action access) => Assert.Equal(expected, Assert.Throws<SignalException>(access).Signal);
    }
}
