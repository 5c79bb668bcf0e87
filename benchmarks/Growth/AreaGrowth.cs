using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Benchmarks.Rigs;
using MmapAnalyzers.Runtime.Hardware;
using Spectre.Console;

namespace MmapAnalyzers.Benchmarks.Growth;

/// <summary>What calls cost beside ever more areas of one process.</summary>
internal static class AreaGrowth
{
    private const int Operations = 5_000;

    public static void Print(IAnsiConsole console)
    {
        Table table = GrowthTable.Create("Areas of one process, alpha", "areas", "map an area", "map + unmap beside", "fault beside", "bytes an area");
        _ = Row(1_000);   // the first run of the code pays for its compilation
        for (int areas = 1_000; areas <= 1_000_000; areas *= 10)
            table.AddRow(Row(areas));
        console.Write(table);
    }

    private static string[] Row(int areas)
    {
        using var machine = new BenchMachine(MachineProfile.Alpha, 256 << 20);
        long empty = GC.GetTotalMemory(forceFullCollection: true);
        long start = Clock.Now;
        machine.MapAreas(areas, touch: false);
        double map = Clock.NanosecondsEach(start, areas);
        double bytes = (GC.GetTotalMemory(forceFullCollection: true) - empty) / (double)areas;
        double beside = Interleaved.Median(() => machine.MapAndUnmap(areas, Operations), repetitions: 5);
        double fault = Interleaved.Median(() => Fault(machine), repetitions: 5);
        return [GrowthTable.Count(areas), GrowthTable.Time(map), GrowthTable.Time(beside), GrowthTable.Time(fault), GrowthTable.Count(bytes)];
    }

    private static double Fault(BenchMachine machine)
    {
        const int Pages = 2_000;
        ulong bytes = (ulong)Pages << MachineProfile.Alpha.PageShift;
        UserAddress at = machine.MapMemory(bytes);
        long start = Clock.Now;
        machine.Touch(at, Pages);
        double taken = Clock.NanosecondsEach(start, Pages);
        machine.Process.Munmap(at, bytes);
        return taken;
    }
}
