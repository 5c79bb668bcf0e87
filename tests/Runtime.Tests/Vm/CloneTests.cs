using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Vm;

/// <summary><c>clone</c> and <c>exec</c>: who shares what, and when it goes. The callbacks are rows of <see cref="CallbackOrderTests"/>.</summary>
public sealed class CloneTests : IDisposable
{
    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Processes_that_share_an_address_space_see_each_others_memory_and_mappings()
    {
        Process other = _rig.Process.Clone(CloneFlags.Vm);

        UserAddress at = _rig.MapMemory(0, 1, by: other);
        other.Store(at, 42);

        Assert.Equal(42, _rig.Process.Load<int>(at));
    }

    [Fact]
    public void The_last_user_takes_the_areas_with_it()
    {
        Process other = _rig.Process.Clone(CloneFlags.Vm);
        _rig.MapDevice(0, 4);
        _rig.Forget();

        _rig.Process.Exit();
        Assert.Empty(_rig.Story());

        other.Exit();
        Assert.Equal("unmap 0-4; close 0-4", _rig.Story());
        Assert.Equal(0, _rig.Driver.UseCount);
    }

    [Fact]
    public void A_shared_file_table_is_closed_by_the_last_user()
    {
        int releases = 0;
        using var rig = new Rig(new TestDriver { OnRelease = _ => releases++ });
        Process other = rig.Process.Clone(CloneFlags.Files);
        Assert.Equal(other.Open("/dev/test", OpenFlags.ReadOnly), rig.Process.Open("/dev/test", OpenFlags.ReadOnly) - 1);

        rig.Process.Exit();
        Assert.Equal(0, releases);

        other.Exit();
        Assert.Equal(3, releases);
    }

    [Fact]
    public void A_copied_file_table_is_the_childs_own()
    {
        Process child = _rig.Process.Clone(CloneFlags.Vm);

        child.Close(_rig.Fd);

        _rig.MapDevice(0, 1);
    }

    [Fact]
    public void An_unknown_flag_is_EINVAL() => Assert.Equal(-(long)Errno.EINVAL, _rig.Process.SysClone((CloneFlags)0x1000));

    [Fact]
    public void A_child_knows_its_parent_until_that_exits()
    {
        Process child = _rig.Process.Clone(CloneFlags.None);
        Assert.Same(_rig.Process, child.Parent);

        _rig.Process.Exit();

        Assert.Null(child.Parent);
        Assert.Null(_rig.Process.Parent);
    }

    [Fact]
    public void A_new_program_has_an_empty_address_space_and_the_files()
    {
        _rig.MapMemory(0, 1);
        _rig.Process.Store(Rig.At(0), 42);
        _rig.Process.StackPointer = Rig.At(0);

        _rig.Process.Exec();

        Assert.Empty(_rig.Process.AddressSpace.Areas);
        Assert.Throws<SignalException>(() => _rig.Process.Load<int>(Rig.At(0)));
        Assert.NotEqual(Rig.At(0), _rig.Process.StackPointer);
        _rig.MapDevice(0, 1);
        Assert.Equal(0, _rig.Process.Load<int>(Rig.At(0)));
    }

    [Fact]
    public void A_new_program_gives_its_tables_back()
    {
        _rig.MapMemory(0, 1);
        int free = _rig.Kernel.MemMap.FreeCount;
        _rig.Process.Store(Rig.At(0), 42);

        _rig.Process.Exec();

        Assert.True(_rig.Kernel.MemMap.FreeCount >= free);
    }

    [Fact]
    public void At_exec_the_process_still_has_its_address_space_when_close_runs()
    {
        AddressSpace? ofCurrent = null;
        using var rig = new Rig(new TestDriver
        {
            OnClose = (driver, _) =>
            {
                ofCurrent = driver.Kernel.Current?.AddressSpace;
                driver.DecrementUseCount();
            },
        });
        AddressSpace space = rig.Process.AddressSpace;
        rig.MapDevice(0, 1);

        rig.Process.Exec();

        Assert.Same(space, ofCurrent);
        Assert.Same(space, rig.Process.AddressSpace);
    }

    [Fact]
    public void A_new_program_leaves_a_shared_address_space_to_the_others()
    {
        Process other = _rig.Process.Clone(CloneFlags.Vm);
        _rig.MapMemory(0, 1);

        other.Exec();

        Assert.Empty(other.AddressSpace.Areas);
        Assert.Equal(1, _rig.Process.AddressSpace.Users);
        Assert.Equal("0-1 rw-p", _rig.Layout());
    }

    [Fact]
    public void Exec_from_a_shared_address_space_without_memory_is_ENOMEM_and_changes_nothing()
    {
        Process other = _rig.Process.Clone(CloneFlags.Vm);
        _rig.UseUpMemory();

        Assert.Equal(-(long)Errno.ENOMEM, other.SysExec());

        Assert.Equal(2, _rig.Process.AddressSpace.Users);
        Assert.Same(_rig.Process.AddressSpace, other.AddressSpace);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Locking_of_what_will_be_mapped_survives_exec_unless_the_address_space_was_shared(bool shared, bool survives)
    {
        _rig.Process.Mlockall(MlockallFlags.Future);
        if (shared)
            _rig.Process.Clone(CloneFlags.Vm);

        _rig.Process.Exec();
        _rig.MapMemory(0, 1);

        Assert.Equal(survives, _rig.Process.AddressSpace.Areas[0].Flags.HasFlag(VmFlags.Locked));
    }

    [Fact]
    public void An_oops_of_close_at_exec_kills_the_process_and_the_other_areas_are_closed()
    {
        int closed = 0;
        using var rig = new Rig(new TestDriver
        {
            OnClose = (_, area) =>
            {
                closed++;
                if (area.Start == Rig.At(0))
                    throw new InvalidOperationException("a bug");
            },
        });
        rig.MapDevice(0, 1);
        rig.MapDevice(2, 1, offset: 2);

        Assert.NotNull(Assert.Throws<SignalException>(rig.Process.Exec).Oops);

        Assert.Equal((2, false), (closed, rig.Process.IsAlive));
    }
}
