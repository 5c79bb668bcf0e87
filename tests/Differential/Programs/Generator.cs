using MmapAnalyzers.Differential.Comparing;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Differential.Programs;

/// <summary>Makes up operations. The same seed makes the same ones, for what is drawn depends on nothing but the machine.</summary>
internal sealed class Generator(int seed)
{
    private const int LongestMapping = 16;

    private static readonly ulong[] Places = [0, 8, 1000, 2048, 4088];

    private readonly Random _random = new(seed);

    public Operation Next(Situation situation) => _random.Next(240) switch
    {
        < 44 => NewMap(),
        < 64 => NewUnmap(),
        < 100 => NewProtect(situation),
        < 136 => NewRemap(situation),
        < 180 => new Read(Who(situation), Place(situation)),
        < 232 => new Write(Who(situation), Place(situation), (ulong)_random.NextInt64()),
        < 236 => new Fork(),
        _ => new Exit(_random.Next(1, Arena.Processes)),
    };

    private Map NewMap()
    {
        ulong at = Page();
        ulong length = Length(at);
        Protection protection = Some();
        return _random.Next(40) switch
        {
            0 => new Map(at + 8, length, protection, MapFlags.Private | MapFlags.Anonymous, FileKind.None, 0),
            1 => new Map(at, 0, protection, Kind(), FileKind.ReadWrite, 0),
            2 => new Map(at, length, protection, Kind(), FileKind.None, Offset()),
            3 => new Map(at, length, protection, MapFlags.None, FileKind.ReadWrite, Offset()),
            4 => new Map(at, length, protection, MapFlags.Shared | MapFlags.Anonymous, FileKind.None, 0),
            5 => new Map(at, length, protection, Kind(), FileKind.WriteOnly, Offset()),
            < 10 => new Map(at, length, protection, Kind(), FileKind.ReadOnly, Offset()),
            < 24 => new Map(at, Ragged(length), protection, Kind(), FileKind.ReadWrite, Offset()),
            _ => new Map(at, Ragged(length), protection, MapFlags.Private | MapFlags.Anonymous, FileKind.None, 0),
        };
    }

    private Unmap NewUnmap()
    {
        ulong at = Page();
        return _random.Next(20) switch
        {
            0 => new Unmap(at + 16, Length(at)),
            1 => new Unmap(at, 0),
            _ => new Unmap(at, Ragged(Length(at))),
        };
    }

    private Protect NewProtect(Situation situation)
    {
        ulong at = MappedPage(situation);
        ulong length = _random.Next(3) == 0 ? Length(at) : Math.Min(Length(at), AreaLength(situation, at));
        return _random.Next(40) switch
        {
            0 => new Protect(at + 4, length, Some()),
            1 => new Protect(at, 0, Some()),
            2 => new Protect(at, length, (Protection)0x40),
            _ => new Protect(at, Ragged(length), Some()),
        };
    }

    private Remap NewRemap(Situation situation)
    {
        ulong at = MappedPage(situation);
        ulong old = _random.Next(4) == 0 ? Length(at) : AreaLength(situation, at);
        ulong length = (ulong)_random.Next(1, LongestMapping + 8) * Arena.PageSize;
        MremapFlags flags = _random.Next(5) < 3 ? MremapFlags.MayMove : MremapFlags.None;
        return _random.Next(40) switch
        {
            0 => new Remap(at + 1, old, length, flags),
            1 => new Remap(at, old, old, flags),
            _ => new Remap(at, Ragged(old), Ragged(length), flags),
        };
    }

    private int Who(Situation situation)
    {
        int who = _random.Next(Arena.Processes);
        return situation.Lives(who) ? who : 0;
    }

    private ulong Page() => (ulong)_random.Next(Arena.Pages) * Arena.PageSize;

    private ulong Place(Situation situation) => MappedPage(situation) + Places[_random.Next(Places.Length)];

    /// <summary>A page of the first process that is mapped, most of the time.</summary>
    private ulong MappedPage(Situation situation)
    {
        ulong at = Page();
        for (int tries = 0; tries < 3 && !situation.Machine[0].At(Arena.Start + at).IsMapped; tries++)
            at = Page();
        return at;
    }

    private static ulong AreaLength(Situation situation, ulong at) => situation.Machine[0].AreaEnd(Arena.Start + at) - Arena.Start - at;

    private ulong Length(ulong at) => Math.Min((ulong)_random.Next(1, LongestMapping + 1) * Arena.PageSize, Arena.Size - at);

    /// <summary>Now and then a length that ends inside of its last page.</summary>
    private ulong Ragged(ulong length) => _random.Next(6) == 0 ? length - (ulong)_random.Next(1, (int)Arena.PageSize) : length;

    /// <summary>An offset from which a mapping now and then reaches beyond the end of the device.</summary>
    private ulong Offset() => (ulong)_random.Next(Arena.DevicePages + 2) * Arena.PageSize;

    private MapFlags Kind() => _random.Next(2) == 0 ? MapFlags.Shared : MapFlags.Private;

    private Protection Some() => _random.Next(2) == 0 ? Protection.ReadWrite : (Protection)_random.Next(8);
}
