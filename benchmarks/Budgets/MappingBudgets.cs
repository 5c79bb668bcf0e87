using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Benchmarks.Rigs;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Benchmarks.Budgets;

/// <summary>mmap and munmap of one page of a device, beside no other area, many and very many.</summary>
internal static class MappingBudgets
{
    /// <summary>As many as a process of the host may have, less its own.</summary>
    private const int ManyAreas = 60_000;

    private const int MostAreas = 1_000_000;
    private const int FewAreas = 1_000;
    private const int Operations = 5_000;

    public static IEnumerable<Budget> All { get; } =
    [
        new("map-unmap", 0.15, "mmap and munmap of one page of a device", "the host's, of a file in memory", true, () => BesideAreas(1)),
        new("map-unmap-60k", 0.20, "the same beside 60,000 areas that do not merge", "the host's beside 60,000", true, () => BesideAreas(ManyAreas)),
        new("area-growth", 3, "the same beside 1,000,000 areas", "beside 1,000", false, Growth),
    ];

    private static Measurement BesideAreas(int areas)
    {
        using var machine = new BenchMachine(MachineProfile.I386, 16 << 20);
        using var host = new BenchHost();
        machine.MapAreas(areas, touch: false);
        host.MapAreas(areas, touch: false);
        return Interleaved.Medians(() => machine.MapAndUnmap(areas, Operations), () => host.MapAndUnmap(areas, Operations));
    }

    /// <summary>On an alpha, for a million pages with gaps are more than an i386 has.</summary>
    private static Measurement Growth()
    {
        using var most = new BenchMachine(MachineProfile.Alpha, 256 << 20);
        using var few = new BenchMachine(MachineProfile.Alpha, 256 << 20);
        most.MapAreas(MostAreas, touch: false);
        few.MapAreas(FewAreas, touch: false);
        return Interleaved.Medians(() => most.MapAndUnmap(MostAreas, Operations), () => few.MapAndUnmap(FewAreas, Operations));
    }
}
