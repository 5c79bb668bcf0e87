using MmapAnalyzers.Differential.Programs;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Differential.Comparing;

/// <summary>All places where Linux 2.0.40 and the Linux of today may differ. Whatever is not in this table must agree.</summary>
internal static class KnownDifferences
{
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        KnownDifference.Of<Map>(
            "mmap of nothing",
            "2.0 returns the address for a length of zero before it looks at anything but the descriptor. Today: EINVAL.",
            (map, _) => map.Length == 0 && IsOpen(map),
            Sides.Both,
            (map, _, machine, host) => machine.Result == (long)(Arena.Start + map.At) && host.Is(Errno.EINVAL)),
        KnownDifference.Of<Map>(
            "shared memory without a file",
            "2.0 has none: EINVAL. It came with 2.4.",
            (map, _) => (map.Kind & MapFlags.Anonymous) != 0 && (map.Kind & MapFlags.Shared) != 0,
            Sides.Machine,
            (_, _, machine, _) => machine.Is(Errno.EINVAL)),
        KnownDifference.NotRun<Map>(
            "offset inside a page",
            "2.0 leaves it to the driver, which is asked when the old mapping is gone already. Today the system call refuses it before all else.",
            (map, _) => map.Offset % Arena.PageSize != 0),
        KnownDifference.Of<Map>(
            "order of checks",
            "With an address inside a page and a descriptor that is not open for this, 2.0 complains of the descriptor, today's kernel of the address.",
            (map, _) => map.At % Arena.PageSize != 0 && IsOpen(map),
            Sides.Both,
            (_, _, machine, host) => (machine.Is(Errno.EACCES) || machine.Is(Errno.EINVAL)) && host.Is(Errno.EINVAL)),
        KnownDifference.Of<Unmap>(
            "munmap of nothing",
            "2.0 has nothing to do for a length of zero and succeeds. Since 2.4: EINVAL.",
            (unmap, _) => unmap.Length == 0 && unmap.At % Arena.PageSize == 0,
            Sides.Both,
            (_, _, machine, host) => machine.Result == 0 && host.Is(Errno.EINVAL)),
        KnownDifference.Of<Protect>(
            "mprotect of a hole",
            "2.0 has EFAULT for it. Since 2.6: ENOMEM. What comes before the hole is changed by both, and an area that forbids it is found by both.",
            (protect, now) => !now.Host[0].IsFull(Arena.Start + protect.At, Arena.PageEnd(protect.Length)),
            Sides.Both,
            (_, _, machine, host) => machine == host || (machine.Is(Errno.EFAULT) && host.Is(Errno.ENOMEM))),
        .. OfMremap,
        .. OfAccess,
    ];

    private static IEnumerable<KnownDifference> OfMremap =>
    [
        KnownDifference.NotRun<Remap>(
            "mremap from or to nothing",
            "2.0 unmaps for a new length of zero, and makes a second mapping for an old one. Today: EINVAL, but for the latter of shared memory.",
            (remap, _) => remap.OldLength == 0 || remap.NewLength == 0),
        KnownDifference.NotRun<Remap>(
            "mremap that does not grow a hole",
            "2.0 unmaps the tail and succeeds without a look at what is mapped. Today there must be an area: EFAULT.",
            (remap, now) => !Grows(remap) && remap.At % Arena.PageSize == 0 && !now.Host[0].At(Arena.Start + remap.At).IsMapped),
        KnownDifference.NotRun<Remap>(
            "mremap across areas that only one side has joined",
            "2.0 joins areas that are alike. Today they stay two when their private pages have different histories, and only what lies in one area can grow.",
            (remap, now) => remap.At % Arena.PageSize == 0 && IsInOneArea(remap, now.Host[0]) != IsInOneArea(remap, now.Machine[0])),
    ];

    private static IEnumerable<KnownDifference> OfAccess =>
    [
        KnownDifference.Of<Read>(
            "load where only stores are allowed",
            "2.0 refuses it (SIGSEGV) as long as there is no page, and the i386 lets it through when there is one. Today it is allowed, as the processor cannot forbid it.",
            (read, now) => now.Host[read.Who].At(Arena.Start + read.At) is { Protection: Protection.Write },
            Sides.Machine,
            (read, now, machine, _) => (machine.Signal == Signal.SIGSEGV) != now.WasPresent && machine.Signal is Signal.None or Signal.SIGSEGV),
        KnownDifference.Of<Read>(
            "load where only execution is allowed",
            "For the i386 it is the same. Today's processors may have protection keys that tell them apart.",
            (read, now) => now.Host[read.Who].At(Arena.Start + read.At).IsExecutableOnly,
            Sides.Machine,
            (_, _, machine, _) => machine.Signal != Signal.SIGSEGV),
        KnownDifference.Of<Read>(
            "second load beyond the end of the device",
            "With the SIGBUS 2.0 leaves a page of junk behind, so that a handler may return. Since 2.2 every access earns the signal.",
            (read, now) => IsJunk(now, read.Who, read.At),
            Sides.Machine,
            (_, _, machine, _) => machine.Signal != Signal.SIGBUS),
        KnownDifference.Of<Write>(
            "second store beyond the end of the device",
            "With the SIGBUS 2.0 leaves a page of junk behind, so that a handler may return. Since 2.2 every access earns the signal.",
            (write, now) => IsJunk(now, write.Who, write.At),
            Sides.Machine,
            (_, _, machine, _) => machine.Signal != Signal.SIGBUS),
    ];

    /// <summary>The difference that an operation is a case of; null when both sides must agree.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="situation">What is there before it.</param>
    /// <param name="except">A difference that is taken for none.</param>
    public static KnownDifference? Find(Operation operation, Situation situation, KnownDifference? except)
    {
        foreach (KnownDifference difference in All)
        {
            if (difference != except && difference.Applies(operation, situation))
                return difference;
        }

        return null;
    }

    private static bool IsOpen(Map map) => (map.Kind & MapFlags.Anonymous) != 0 || map.File != FileKind.None;

    private static bool Grows(Remap remap) => Arena.PageEnd(remap.NewLength) > Arena.PageEnd(remap.OldLength);

    private static bool IsInOneArea(Remap remap, SpaceView view) => view.AreaEnd(Arena.Start + remap.At) >= Arena.Start + remap.At + Arena.PageEnd(remap.OldLength);

    private static bool IsJunk(Situation now, int who, ulong at) =>
        now.Host[who].At(Arena.Start + at).IsBeyondEnd && now.IsPresent(who, Arena.Start + at);
}
