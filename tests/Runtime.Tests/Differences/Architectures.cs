using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Tests.Differences;

/// <summary>The architectures by name, so that a test can be given one.</summary>
internal static class Architectures
{
    public static IReadOnlyList<MachineProfile> All { get; } =
        [MachineProfile.I386, MachineProfile.I386Enterprise, MachineProfile.SparcSrmmu, MachineProfile.SparcSun4c, MachineProfile.Alpha];

    public static Machine Boot(string profile) => new(All.Single(candidate => candidate.Name == profile), memorySize: 4 << 20);
}
