using MmapAnalyzers.Differential.Comparing;
using MmapAnalyzers.Differential.Emulated;
using MmapAnalyzers.Differential.Host;
using MmapAnalyzers.Differential.Programs;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Differential.Running;

/// <summary>Runs the operations of one program on both sides, and compares after each.</summary>
internal sealed class Execution : IDisposable
{
    /// <summary>How often the listings of the processes that an operation does not concern are compared, too.</summary>
    private const int ListingPeriod = 8;

    private readonly HostSide _host;
    private readonly MachineSide _machine;
    private readonly Situation _situation;
    private readonly SpaceComparer _comparer;

    public Execution(HostSide host, MemoryDevice device, Situation situation)
    {
        _host = host;
        _machine = new MachineSide(device);
        _situation = situation;
        _comparer = new SpaceComparer(situation, _machine, host);
        host.Start();
        situation.Start(_machine);
    }

    /// <summary>A known difference that is taken for none.</summary>
    public KnownDifference? Except { get; init; }

    /// <summary>The operations that were run and compared.</summary>
    public int Compared { get; private set; }

    /// <summary>Runs one operation; what neither side can or may run is left out.</summary>
    public Divergence? Step(Operation operation)
    {
        if (!IsPossible(operation))
            return null;
        KnownDifference? known = KnownDifferences.Find(operation, _situation, Except);
        if (known is { Runs: Sides.None })
            return null;
        Compared++;
        return Act(operation, known) ?? CompareSpaces(operation.ToString, Compared % ListingPeriod == 0 ? null : Actor(operation));
    }

    /// <summary>Loads from every page of every process, ends all, and asks the machine's books.</summary>
    public Divergence? Finish()
    {
        for (int who = 0; who < Arena.Processes; who++)
        {
            for (ulong at = 0; at < Arena.Size && _situation.Lives(who); at += Arena.PageSize)
            {
                var read = new Read(who, at);
                if (Act(read, KnownDifferences.Find(read, _situation, Except)) is { } divergence)
                    return divergence with { Where = $"{divergence.Where} at the end" };
            }
        }

        if (CompareSpaces(() => "the loads at the end", null) is { } difference)
            return difference;
        return _machine.Shutdown() is [var violation, ..] ? new Divergence("the shutdown", violation.ToString()) : null;
    }

    public void Dispose() => _machine.Dispose();

    /// <summary>Runs one operation and compares what came of it.</summary>
    private Divergence? Act(Operation operation, KnownDifference? known)
    {
        _situation.Remember(operation);
        Outcome machine = On(_machine, operation);
        Outcome host = known is null || (known.Runs & Sides.Host) != 0 ? On(_host, operation) : machine;
        if (operation is Remap remap)
            host = Settle(remap, machine, host);
        if (known is null ? machine != host : !known.IsRight(operation, _situation, machine, host))
            return new Divergence(operation.ToString(), $"machine {machine}, host {host}{(known is null ? "" : $", although: {known}")}");
        Follow(operation);
        return null;
    }

    /// <summary>Compares what every process holds, and what one of them, or each, has mapped.</summary>
    private Divergence? CompareSpaces(Func<string> where, int? listed)
    {
        for (int who = 0; who < Arena.Processes; who++)
        {
            if (!_situation.Lives(who))
                continue;
            string? what = listed is null || listed == who ? _comparer.CompareAreas(who) : null;
            what ??= _comparer.CompareContent(who);
            if (what is not null)
                return new Divergence(where(), what);
        }

        return null;
    }

    /// <summary>The process whose areas an operation may change; null for all.</summary>
    private static int? Actor(Operation operation) => operation switch
    {
        Fork => null,
        Read read => read.Who,
        Write write => write.Who,
        _ => 0,
    };

    private Outcome On(ISide side, Operation operation) => operation switch
    {
        Map map => side.Map(Arena.Start + map.At, map.Length, map.Protection, map.Kind | MapFlags.Fixed, map.File, map.Offset),
        Unmap unmap => side.Unmap(Arena.Start + unmap.At, unmap.Length),
        Protect protect => side.Protect(Arena.Start + protect.At, protect.Length, protect.Protection),
        Remap remap => side.Remap(Arena.Start + remap.At, remap.OldLength, remap.NewLength, remap.Kind),
        Read read => side.Read(read.Who, Arena.Start + read.At),
        Write write => side.Write(write.Who, Arena.Start + write.At, write.Value),
        Fork => side.Fork(_situation.FreeChild),
        Exit exit => side.Exit(exit.Who),
        _ => throw new InvalidOperationException($"Nobody runs {operation}."),
    };

    private bool IsPossible(Operation operation) => operation switch
    {
        Read read => _situation.Lives(read.Who),
        Write write => _situation.Lives(write.Who),
        Exit exit => exit.Who > 0 && _situation.Lives(exit.Who),
        Fork => _situation.FreeChild > 0,
        _ => true,
    };

    /// <summary>Each side moves a mapping to a place of its own. The machine's is kept when it lies in the arena; otherwise the mapping goes on both sides.</summary>
    private Outcome Settle(Remap remap, Outcome machine, Outcome host)
    {
        ulong at = Arena.Start + remap.At;
        if (host.Result < 0 || host.Result == (long)at)
            return host;
        ulong length = Arena.PageEnd(remap.NewLength);
        bool bothMoved = machine.Result > 0 && machine.Result != (long)at;
        if (bothMoved && Arena.Holds((ulong)machine.Result, length))
        {
            _host.Bring((ulong)host.Result, length, (ulong)machine.Result);
            return machine;
        }

        _host.Unmap((ulong)host.Result, length);
        if (bothMoved)
            _machine.Unmap((ulong)machine.Result, length);
        return bothMoved ? machine : host;
    }

    private void Follow(Operation operation)
    {
        if (operation is Fork)
            _situation.SetLives(_situation.FreeChild, true);
        else if (operation is Exit exit)
            _situation.SetLives(exit.Who, false);
    }
}
