using CsCheck;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>A step of a random program: what, at which page, over how many pages, and by whom.</summary>
internal sealed record RandomStep(int What, int Page, int Pages, bool ByChild)
{
    /// <summary>Random programs.</summary>
    public static Gen<RandomStep[]> Programs { get; } =
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, 7], Gen.Int[1, 4], Gen.Bool, (what, page, pages, byChild) => new RandomStep(what, page, pages, byChild)).Array[1, 40];

    private ulong Length => (ulong)Pages * Rig.Page;

    private UserAddress At => Rig.At(Page);

    /// <summary>Does it, or fails.</summary>
    public void Do(ProgramRun run) => run.Try(_ =>
    {
        Process process = ByChild && run.Child is { IsAlive: true } child ? child : run.Process;
        if (What < 8)
            Map(run, process);
        else
            Use(run, process);
    });

    private void Map(ProgramRun run, Process process)
    {
        switch (What)
        {
            case 0 or 1:
                process.Mmap(Length, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed, address: At);
                break;
            case 2:
                process.Mmap(Length, Protection.ReadWrite, MapFlags.Shared | MapFlags.Fixed, run.Device, 0, At);
                break;
            case 3:
                run.File = process.Open(FileRig.Path, OpenFlags.ReadWrite);
                process.Mmap(Length, Protection.ReadWrite, (Page % 2 == 0 ? MapFlags.Shared : MapFlags.Private) | MapFlags.Fixed, run.File, 0, At);
                break;
            case 4:
                run.Segment = process.Shmget(7, 3 * Rig.Page, ShmFlags.Create | ShmFlags.OwnerRead | ShmFlags.OwnerWrite);
                process.Shmat(run.Segment, At, ShmFlags.Remap);
                break;
            case 5:
                process.Munmap(At, Length);
                break;
            case 6:
                process.Mprotect(At, Length, Page % 2 == 0 ? Protection.Read : Protection.ReadWrite);
                break;
            default:
                process.Mremap(At, Rig.Page, Length, MremapFlags.MayMove);
                break;
        }
    }

    private void Use(ProgramRun run, Process process)
    {
        switch (What)
        {
            case 8 or 9:
                run.Child = process.Fork();
                break;
            case 10:
                run.Kernel.FreePagesByStealing(Pages);
                break;
            case 11:
                run.Child?.Exit();
                break;
            case 12:
                process.Mlock(At, Length);
                break;
            case 13:
                process.Msync(At, Length, Page % 2 == 0 ? MsyncFlags.Sync : MsyncFlags.Sync | MsyncFlags.Invalidate);
                break;
            case 14:
                process.Write(run.File, At, Length);
                break;
            case 15:
                process.Read(run.File, At, Length);
                break;
            case 16 or 17 or 18:
                process.Store(At + (Rig.Page - 2), Pages);
                break;
            default:
                process.Load<int>(At + (Rig.Page - 2));
                break;
        }
    }
}
