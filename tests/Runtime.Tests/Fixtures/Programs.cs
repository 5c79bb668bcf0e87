using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>Small programs, each a list of steps; a step whose call fails or whose process is gone is passed over.</summary>
internal static class Programs
{
    private const MapFlags Memory = MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed;

    public static IReadOnlyDictionary<string, Action<ProgramRun>[]> All { get; } = new Dictionary<string, Action<ProgramRun>[]>
    {
        ["map, touch, unmap the middle and fork"] =
        [
            run => run.Process.Mmap(5 * Rig.Page, Protection.ReadWrite, Memory, address: Rig.At(0)),
            run => run.Process.Store(Rig.At(0), 1),
            run => run.Process.Load<int>(Rig.At(4)),
            run => run.Process.Munmap(Rig.At(2), Rig.Page),
            run => run.Child = run.Process.Fork(),
            run => run.Process.Store(Rig.At(0), 2),
            run => run.Child!.Store(Rig.At(1), 3),
            run => run.Child!.Munmap(Rig.At(0), 5 * Rig.Page),
        ],
        ["protect a part and lock"] =
        [
            run => run.Process.Mmap(5 * Rig.Page, Protection.ReadWrite, Memory, address: Rig.At(0)),
            run => run.Process.Store(Rig.At(2), 1),
            run => run.Process.Mprotect(Rig.At(1), 3 * Rig.Page, Protection.Read),
            run => run.Process.Mlock(Rig.At(2), Rig.Page),
            run => run.Process.Munlock(Rig.At(0), 4 * Rig.Page),
            run => run.Process.Mprotect(Rig.At(0), 5 * Rig.Page, Protection.ReadWrite),
            run => run.Process.Mlockall(MlockallFlags.Current),
        ],
        ["move a mapping of a device"] =
        [
            run => run.Process.Mmap(3 * Rig.Page, Protection.ReadWrite, MapFlags.Shared | MapFlags.Fixed, run.Device, 0, Rig.At(0)),
            run => run.Process.Store(Rig.At(1), 1),
            run => run.Process.Mmap(Rig.Page, Protection.Read, Memory, address: Rig.At(3)),
            run => run.Moved = run.Process.Mremap(Rig.At(0), 2 * Rig.Page, 4 * Rig.Page, MremapFlags.MayMove),
            run => run.Process.Load<int>(run.Moved + Rig.Page),
            run => run.Child = run.Process.Fork(),
            run => run.Process.Mremap(run.Moved, 4 * Rig.Page, Rig.Page),
            run => run.Process.Close(run.Device),
        ],
        ["share memory between processes"] =
        [
            run => run.Segment = run.Process.Shmget(0, 3 * Rig.Page, ShmFlags.Create | ShmFlags.OwnerRead | ShmFlags.OwnerWrite),
            run => run.Process.Shmat(run.Segment, Rig.At(0)),
            run => run.Process.Store(Rig.At(1), 1),
            run => run.Child = run.Process.Fork(),
            run => run.Child!.Store(Rig.At(2), 2),
            run => run.Process.Munmap(Rig.At(1), Rig.Page),
            run => run.Process.Shmdt(Rig.At(0)),
            run => run.Process.Shmctl(run.Segment, ShmCommand.Remove),
        ],
        ["attach shared memory in the middle of a mapping"] =
        [
            run => run.Process.Mmap(5 * Rig.Page, Protection.ReadWrite, Memory, address: Rig.At(0)),
            run => run.Process.Store(Rig.At(2), 1),
            run => run.Segment = run.Process.Shmget(0, Rig.Page, ShmFlags.Create | ShmFlags.OwnerRead | ShmFlags.OwnerWrite),
            run => run.Process.Shmat(run.Segment, Rig.At(2), ShmFlags.Remap),
            run => run.Process.Load<int>(Rig.At(2)),
            run => run.Process.Shmctl(run.Segment, ShmCommand.Remove),
        ],
        ["map, read and write a file"] =
        [
            run => run.File = run.Process.Open(FileRig.Path, OpenFlags.ReadWrite),
            run => run.Process.Mmap(2 * Rig.Page, Protection.ReadWrite, MapFlags.Shared | MapFlags.Fixed, run.File, 0, Rig.At(0)),
            run => run.Process.Mmap(2 * Rig.Page, Protection.ReadWrite, MapFlags.Private | MapFlags.Fixed, run.File, 0, Rig.At(8)),
            run => run.Process.Store(Rig.At(0), 1),
            run => run.Process.Store(Rig.At(9), 2),
            run => run.Process.Write(run.File, Rig.At(0), 100),
            run => run.Process.Read(run.File, Rig.At(9), 5000),
            run => run.Process.Msync(Rig.At(0), 2 * Rig.Page, MsyncFlags.Sync),
            run => run.Process.Ftruncate(run.File, Rig.Page),
        ],
        ["swap out and in"] =
        [
            run => run.Process.Mmap(4 * Rig.Page, Protection.ReadWrite, Memory, address: Rig.At(0)),
            run => run.Process.Store(Rig.At(0), 1),
            run => run.Process.Store(Rig.At(1), 2),
            run => run.Child = run.Process.Fork(),
            run => run.Kernel.FreePagesByStealing(4),
            run => run.Kernel.FreePagesByStealing(4),
            run => run.Process.Load<int>(Rig.At(0)),
            run => run.Child!.Store(Rig.At(1), 3),
            run => run.Process.Munmap(Rig.At(0), 2 * Rig.Page),
        ],
        ["share an address space, exec and pipe"] =
        [
            run => run.Process.Mmap(4 * Rig.Page, Protection.ReadWrite, Memory, address: Rig.At(0)),
            run => run.Child = run.Process.Clone(CloneFlags.Vm),
            run => run.Child!.Store(Rig.At(0), 1),
            run => run.Child!.Exec(),
            run => run.Child!.Brk(run.Kernel.Profile.ProgramBase is var start ? new UserAddress(start + (2 * Rig.Page)) : default),
            run => run.Process.Pipe(),
            run => run.Child!.Exit(),
        ],
    };
}
