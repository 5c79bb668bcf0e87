using MmapAnalyzers.Differential.Programs;

namespace MmapAnalyzers.Differential.Comparing;

/// <summary>Compares what is mapped and what it holds, in every process that lives.</summary>
internal sealed class SpaceComparer
{
    private readonly byte[] _machine = new byte[Arena.Size];
    private readonly byte[] _host = new byte[Arena.Size];

    /// <summary>Forgets what earlier programs left.</summary>
    public void Start()
    {
        Array.Clear(_machine);
        Array.Clear(_host);
    }

    /// <summary>Lists and compares; the lists stay in the situation.</summary>
    /// <returns>The first difference, or null.</returns>
    public string? Compare(Situation situation, ISide machine, ISide host)
    {
        for (int who = 0; who < Arena.Processes; who++)
        {
            if (!situation.Lives(who))
                continue;
            machine.List(who, situation.Machine[who]);
            host.List(who, situation.Host[who]);
            string? difference = DifferentPage(situation.Machine[who], situation.Host[who]) ?? DifferentContent(who, situation, machine, host);
            if (difference is not null)
                return $"process {who}, {difference}";
        }

        return null;
    }

    private static string? DifferentPage(SpaceView machine, SpaceView host)
    {
        if (machine.Pages.SequenceEqual(host.Pages))
            return null;
        int page = machine.Pages.CommonPrefixLength(host.Pages);
        return $"page 0x{page * (long)Arena.PageSize:X}: machine {machine.Pages[page]}, host {host.Pages[page]}";
    }

    private string? DifferentContent(int who, Situation situation, ISide machine, ISide host)
    {
        machine.Peek(who, situation.Machine[who], _machine);
        host.Peek(who, situation.Host[who], _host);
        int place = _machine.AsSpan().CommonPrefixLength(_host);
        return place == _machine.Length ? null : $"byte at 0x{place:X}: machine {_machine[place]:x2}, host {_host[place]:x2}";
    }
}
