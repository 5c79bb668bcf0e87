using System.Reflection;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Differences;

/// <summary>Where the profiles are less than the machines that they are named after.</summary>
public sealed class ArchitectureTests
{
    public static TheoryData<string> Names => [.. Architectures.All.Select(profile => profile.Name)];

    [Difference("other-architectures")]
    [Fact]
    public void There_are_five_profiles() => Assert.Equal(
        Architectures.All.Select(profile => profile.Name).Order(StringComparer.Ordinal),
        typeof(MachineProfile).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.GetValue(null)!.ToString()).Order(StringComparer.Ordinal));

    [Difference("accessed-dirty")]
    [Difference("sun4c-mmu")]
    [Theory, MemberData(nameof(Names))]
    public void The_processor_sets_accessed_and_dirty(string profile)
    {
        using Machine machine = Architectures.Boot(profile);
        Process process = machine.Kernel.Spawn();
        UserAddress at = MapDevice(machine, process, new RecordingMmio());

        process.Load<byte>(at);
        PageTableEntry afterLoad = Rig.Entry(machine.Kernel, process, at);
        process.Store<byte>(at, 1);
        PageTableEntry afterStore = Rig.Entry(machine.Kernel, process, at);

        Assert.Equal((true, false), (afterLoad.IsAccessed, afterLoad.IsDirty));
        Assert.Equal((true, true), (afterStore.IsAccessed, afterStore.IsDirty));
    }

    [Difference("mmio-window")]
    [Theory, MemberData(nameof(Names))]
    public void Devices_lie_above_memory_in_a_window_of_the_profile(string profile)
    {
        using Machine machine = Architectures.Boot(profile);

        PhysicalAddress first = machine.AddMmio(100, new RecordingMmio());
        PhysicalAddress second = machine.AddMmio(100, new RecordingMmio());

        Assert.Equal(machine.Profile.MmioBase, first.Value);
        Assert.Equal(machine.Profile.MmioBase + (ulong)machine.Profile.PageSize, second.Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => machine.AddMmio(machine.Profile.MmioEnd - machine.Profile.MmioBase, new RecordingMmio()));
    }

    [Difference("empty-bus")]
    [Theory, MemberData(nameof(Names))]
    public void Where_no_device_is_all_bits_are_ones_and_stores_are_lost(string profile)
    {
        using Machine machine = Architectures.Boot(profile);
        var nowhere = new PhysicalAddress(machine.Profile.MmioBase);

        machine.PhysicalMemory.Write(nowhere, 42);

        Assert.Equal(-1, machine.PhysicalMemory.Read<int>(nowhere));
    }

    [Difference("byte-order")]
    [Theory, MemberData(nameof(Names))]
    public void The_lowest_byte_comes_first_and_an_access_need_not_be_aligned(string profile)
    {
        using Machine machine = Architectures.Boot(profile);
        Process process = machine.Kernel.Spawn();
        UserAddress at = process.Mmap((ulong)machine.Profile.PageSize, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous);

        process.Store(at + 1, 0x44332211);

        Assert.Equal((0x11, 0x44), (process.Load<byte>(at + 1), process.Load<byte>(at + 4)));
    }

    [Difference("caches")]
    [Theory, MemberData(nameof(Names))]
    public void Every_access_reaches_the_device_whatever_its_entry_says_about_the_cache(string profile)
    {
        using Machine machine = Architectures.Boot(profile);
        Process process = machine.Kernel.Spawn();
        var device = new RecordingMmio();
        UserAddress at = MapDevice(machine, process, device);

        process.Load<byte>(at);
        process.Load<byte>(at);

        Assert.Equal(["read 0000 1", "read 0000 1"], device.Accesses);
    }

    /// <summary>Maps a page of a device by a driver that leaves the cache on.</summary>
    private static UserAddress MapDevice(Machine machine, Process process, IMmioHandler device)
    {
        PhysicalAddress bus = machine.AddMmio(1, device);
        machine.Kernel.Insert(new RemapDriver());
        ulong offset = machine.Kernel.PhysToVirt(bus).Value;
        return process.Mmap((ulong)machine.Profile.PageSize, Protection.ReadWrite, MapFlags.Shared, process.Open("/dev/test", OpenFlags.ReadWrite), offset);
    }
}
