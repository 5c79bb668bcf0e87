using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Verification;

/// <summary>A kernel in order passes; one thing put out of order is named.</summary>
public sealed class InvariantTests
{
    private static readonly Dictionary<string, (Action<Rig> Break, string Says)> Breakages = new()
    {
        ["a page counted too often"] = (rig => PageAt(rig, 0).Hold(), "is shown by 1 entries"),
        ["a mapped page that is free"] = (rig => rig.Kernel.MemMap.Drop(PageAt(rig, 0)), "is free, and 1 entries"),
        ["an entry outside of any area"] = (rig => Forget(rig, 0), "outside of any area"),
        ["areas that overlap"] = (rig => AreaAt(rig, 2).Low -= Rig.Page, "overlapping"),
        ["an area that is not whole pages"] = (rig => AreaAt(rig, 8).High -= 1, "no whole pages"),
        ["mapped pages not counted"] = (rig => rig.Process.AddressSpace.TotalPages--, "are counted as"),
        ["resident pages not counted"] = (rig => rig.Process.AddressSpace.ResidentPages = 0, "counted as resident"),
        ["an address space with more users than processes"] = (rig => rig.Process.AddressSpace.Users++, "a count of 2"),
        ["an inode counted too often"] = (rig => rig.Driver.Inode.Hold(), "open files and areas"),
        ["an inode that forgot an area"] = (rig => rig.Driver.Inode.Areas.Remove(AreaAt(rig, 8)), "lists 0 areas"),
        ["a swap slot that nobody names"] = (rig => rig.Kernel.Vm.Swap.Take(), "1 users and 0 entries"),
        ["a free block of the wrong order"] = (rig => FreeBlock(rig).FreeOrder++, "in the list of order"),
        ["the memory of an area that is free"] = (rig => rig.Kernel.SmallObjects.Free(AreaAt(rig, 8).Block), "is free or another's"),
    };

    public static TheoryData<string> AllBreakages => new(Breakages.Keys);

    [Theory, MemberData(nameof(AllBreakages))]
    public void A_broken_invariant_is_named(string breakage)
    {
        var rig = NewRig();
        rig.Machine.CheckInvariants();
        using KernelLock.Held held = rig.Kernel.Lock.Enter();

        Breakages[breakage].Break(rig);

        Assert.Contains(Breakages[breakage].Says, Assert.Throws<InvalidOperationException>(rig.Machine.CheckInvariants).Message);
    }

    [Fact]
    public void A_machine_without_sanitizer_can_be_checked_as_well()
    {
        using var machine = new Machine(MachineProfile.I386, memorySize: 4 << 20) { Sanitizer = SanitizerMode.Off };
        machine.Kernel.Insert(new PageDriver(2));
        Process process = machine.Kernel.Spawn();
        int fd = process.Open("/dev/test", OpenFlags.ReadWrite);
        process.Store(process.Mmap(2 * Rig.Page, Protection.ReadWrite, MapFlags.Shared, fd), 1);

        machine.CheckInvariants();
    }

    public static TheoryData<string> AllProfiles => new("i386", "i386 enterprise", "sparc srmmu", "sparc sun4c", "alpha");

    [Theory, MemberData(nameof(AllProfiles))]
    public void A_kernel_of_every_architecture_is_in_order(string name)
    {
        MachineProfile profile = name switch
        {
            "i386" => MachineProfile.I386,
            "i386 enterprise" => MachineProfile.I386Enterprise,
            "sparc srmmu" => MachineProfile.SparcSrmmu,
            "sparc sun4c" => MachineProfile.SparcSun4c,
            _ => MachineProfile.Alpha,
        };
        using var machine = new Machine(profile, memorySize: 32 << 20);
        Process process = machine.Kernel.Spawn();
        UserAddress at = process.Mmap(3UL * (ulong)profile.PageSize, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous);
        process.Store(at, 1);
        Process child = process.Fork();
        child.Store(at, 2);

        machine.CheckInvariants();
    }

    /// <summary>Two pages of memory, both touched, with another area right behind them, and a page of a device.</summary>
    private static Rig NewRig()
    {
        var rig = new Rig(new PageDriver(1));
        rig.Kernel.AddSwap(4);
        rig.MapMemory(0, 2);
        rig.MapMemory(2, 1, Protection.Read);
        rig.Process.Store(Rig.At(0), 1);
        rig.Process.Store(Rig.At(1), 1);
        rig.MapDevice(8, 1);
        return rig;
    }

    private static void Forget(Rig rig, int page)
    {
        VmArea area = AreaAt(rig, page);
        rig.Process.AddressSpace.Tree.Remove(area);
        rig.Process.AddressSpace.TotalPages -= (long)(area.Length / Rig.Page);
    }

    private static VmArea AreaAt(Rig rig, int page) => rig.Process.AddressSpace.FindArea(Rig.At(page))!;

    private static Page PageAt(Rig rig, int page) => rig.Kernel.MemMap[(int)(rig.Entry(page).Frame.Value / Rig.Page)];

    private static Page FreeBlock(Rig rig) =>
        Enumerable.Range(0, FreeArea.Orders).Select(rig.Kernel.MemMap.FreeBlocks.Head).First(block => block is not null)!;
}
