using MmapAnalyzers.Differential.Emulated;
using MmapAnalyzers.Differential.Host;
using MmapAnalyzers.Differential.Programs;

namespace MmapAnalyzers.Differential.Comparing;

/// <summary>Compares what is mapped and what it holds.</summary>
internal sealed class SpaceComparer(Situation situation, MachineSide machine, HostSide host)
{
    /// <summary>Lists what a process has mapped, and compares; the lists stay in the situation.</summary>
    /// <returns>The first difference, or null.</returns>
    public string? CompareAreas(int who)
    {
        SpaceView machineView = situation.Machine[who];
        SpaceView hostView = situation.Host[who];
        machine.List(who, machineView);
        host.List(who, hostView);
        if (machineView.Pages.SequenceEqual(hostView.Pages))
            return null;
        int page = machineView.Pages.CommonPrefixLength(hostView.Pages);
        return $"process {who}, page 0x{page * (long)Arena.PageSize:X}: machine {machineView.Pages[page]}, host {hostView.Pages[page]}";
    }

    /// <summary>Compares every byte that a process could load.</summary>
    /// <returns>The first difference, or null.</returns>
    public string? CompareContent(int who)
    {
        ReadOnlySpan<PageView> pages = situation.Host[who].Pages;
        ReadOnlySpan<byte> arena = host.Copy(who, situation.Host[who]);
        for (int i = 0; i < Arena.Pages; i++)
        {
            if (!pages[i].IsReadable)
                continue;
            ulong at = (ulong)i * Arena.PageSize;
            ReadOnlySpan<byte> theirs = arena.Slice((int)at, (int)Arena.PageSize);
            ReadOnlySpan<byte> ours = machine.Content(who, Arena.Start + at, pages[i]);
            if (ours.SequenceEqual(theirs))
                continue;
            int place = ours.CommonPrefixLength(theirs);
            return $"process {who}, byte 0x{at + (ulong)place:X}: machine {ours[place]:x2}, host {theirs[place]:x2}";
        }

        return null;
    }
}
