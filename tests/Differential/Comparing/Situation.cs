using MmapAnalyzers.Differential.Emulated;
using MmapAnalyzers.Differential.Programs;

namespace MmapAnalyzers.Differential.Comparing;

/// <summary>What is there before an operation.</summary>
internal sealed class Situation
{
    private readonly bool[] _lives = new bool[Arena.Processes];
    private MachineSide? _machine;

    public SpaceView[] Host { get; } = [.. Enumerable.Range(0, Arena.Processes).Select(_ => new SpaceView())];

    public SpaceView[] Machine { get; } = [.. Enumerable.Range(0, Arena.Processes).Select(_ => new SpaceView())];

    /// <summary>The number that the next child gets; 0 when there is none.</summary>
    public int FreeChild => Array.IndexOf(_lives, false) is > 0 and var free ? free : 0;

    /// <summary>Whether the machine had a page in its table for the address of the access that runs.</summary>
    public bool WasPresent { get; private set; }

    public bool Lives(int who) => _lives[who];

    public void SetLives(int who, bool lives) => _lives[who] = lives;

    /// <summary>Whether the machine has a page in its table for an address.</summary>
    public bool IsPresent(int who, ulong address) => _machine!.IsPresent(who, address);

    public void Remember(Operation operation) => WasPresent = operation switch
    {
        Read read => IsPresent(read.Who, Arena.Start + read.At),
        Write write => IsPresent(write.Who, Arena.Start + write.At),
        _ => false,
    };

    public void Start(MachineSide machine)
    {
        _machine = machine;
        Array.Clear(_lives);
        _lives[0] = true;
        Host[0].Clear();
        Machine[0].Clear();
    }
}
