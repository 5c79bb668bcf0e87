using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>System V shared memory (<c>ipc/shm.c</c>): the segments, and the calls that make and remove them.</summary>
internal sealed class SharedMemory
{
    /// <summary>Pages of all segments at most (<c>SHMALL</c>).</summary>
    private const int MostPages = 1 << 22;

    private readonly MachineProfile _profile;
    private readonly SharedPages _pages;
    private readonly SharedSegment?[] _segments = new SharedSegment?[SharedSegment.Capacity];
    private int _sequence;
    private int _totalPages;

    public SharedMemory(VmSystem vm)
    {
        _profile = vm.Profile;
        _pages = new SharedPages(vm, _segments);
        Attachments = new SharedAttachments(vm, this, _pages);
    }

    public SharedAttachments Attachments { get; }

    public IReadOnlyList<SharedSegment> Segments => Array.FindAll(_segments, segment => segment is not null)!;

    /// <summary>Swaps one page of some segment out (<c>shm_swap</c>).</summary>
    public bool SwapOutPage() => _pages.SwapOutPage();

    /// <summary>Finds or makes a segment (<c>sys_shmget</c>).</summary>
    public Errno Get(int key, ulong size, ShmFlags flags, int user, out int id)
    {
        id = 0;
        if (size > _profile.SharedMemoryMaximum)
            return Errno.EINVAL;
        if (key == 0 || Array.Find(_segments, segment => segment?.Key == key) is not { } found)
            return key == 0 || (flags & ShmFlags.Create) != 0 ? Make(key, size, flags, user, out id) : Errno.ENOENT;
        if ((flags & (ShmFlags.Create | ShmFlags.Exclusive)) == (ShmFlags.Create | ShmFlags.Exclusive))
            return Errno.EEXIST;
        if (found.IsDoomed)
            return Errno.EIDRM;
        if (size > found.Size)
            return Errno.EINVAL;
        id = found.Id;
        return found.AllowsMode(user, (int)flags) ? Errno.None : Errno.EACCES;
    }

    /// <summary>Removes, locks or unlocks a segment (<c>sys_shmctl</c>).</summary>
    public Errno Control(int id, ShmCommand command, int user)
    {
        if (command < 0 || Find(id) is not { } segment)
            return Errno.EINVAL;
        if (segment.Id != id)
            return Errno.EIDRM;
        switch (command)
        {
            case ShmCommand.Remove when !segment.IsOwnedBy(user):
            case ShmCommand.Lock or ShmCommand.Unlock when user != 0:
                return Errno.EPERM;
            case ShmCommand.Remove:
                segment.IsDoomed = true;
                KillIfLast(segment);
                return Errno.None;
            case ShmCommand.Lock or ShmCommand.Unlock when segment.IsLocked != (command == ShmCommand.Lock):
                segment.IsLocked = command == ShmCommand.Lock;
                return Errno.None;
            default:
                return Errno.EINVAL;
        }
    }

    /// <summary>Destroys all segments: the machine is shut down.</summary>
    public void Clear()
    {
        foreach (SharedSegment segment in Segments)
            Kill(segment);
    }

    /// <summary>The segment whose number this is, or the one that has its place by now; null when the place is empty.</summary>
    public SharedSegment? Find(int id) => id < 0 ? null : _segments[id % SharedSegment.Capacity];

    /// <summary>An attachment is gone: with the last one goes a segment that was removed.</summary>
    public void DropAttachment(SharedSegment segment)
    {
        segment.AttachCount--;
        KillIfLast(segment);
    }

    private Errno Make(int key, ulong size, ShmFlags flags, int user, out int id)
    {
        id = 0;
        int pages = (int)(_profile.PageAlign(size) >> _profile.PageShift);
        if (pages == 0)
            return Errno.EINVAL;
        int slot = Array.IndexOf(_segments, null);
        if (slot < 0 || _totalPages + pages >= MostPages)
            return Errno.ENOSPC;
        id = (_sequence * SharedSegment.Capacity) + slot;
        _segments[slot] = new SharedSegment(id, key, size, pages, flags, user);
        _totalPages += pages;
        return Errno.None;
    }

    private void KillIfLast(SharedSegment segment)
    {
        if (segment.AttachCount <= 0 && segment.IsDoomed)
            Kill(segment);
    }

    private void Kill(SharedSegment segment)
    {
        _sequence = (_sequence + 1) % (int.MaxValue / SharedSegment.Capacity);
        _segments[segment.Slot] = null;
        _totalPages -= segment.Entries.Length;
        _pages.Free(segment);
    }
}
