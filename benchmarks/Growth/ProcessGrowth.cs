using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Benchmarks.Rigs;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using Spectre.Console;

namespace MmapAnalyzers.Benchmarks.Growth;

/// <summary>What calls cost beside ever more processes of one machine, each with an area and a touched page.</summary>
internal static class ProcessGrowth
{
    public static void Print(IAnsiConsole console)
    {
        Table table = GrowthTable.Create("Processes of one machine, i386", "processes", "fork + exit beside", "load in turn", "copy on write", "bytes a process");
        _ = Row(10);   // the first run of the code pays for its compilation
        for (int processes = 10; processes <= 10_000; processes *= 10)
            table.AddRow(Row(processes));
        console.Write(table);
    }

    private static string[] Row(int count)
    {
        using var machine = new BenchMachine(MachineProfile.I386, 512 << 20);
        UserAddress at = machine.MapMemory((ulong)MachineProfile.I386.PageSize);
        machine.Touch(at, 1);
        long empty = GC.GetTotalMemory(forceFullCollection: true);
        Process[] processes = new Process[count];
        for (int i = 0; i < count; i++)
            processes[i] = machine.Process.Fork();
        double bytes = (GC.GetTotalMemory(forceFullCollection: true) - empty) / (double)count;
        double write = Each(processes, process => process.Store(at, 1UL));
        double load = Interleaved.Median(() => Each(processes, process => process.Load<ulong>(at)), repetitions: 5);
        double fork = Interleaved.Median(() => ForkAndExit(machine), repetitions: 5);
        return [GrowthTable.Count(count), GrowthTable.Time(fork), GrowthTable.Time(load), GrowthTable.Time(write), GrowthTable.Count(bytes)];
    }

    private static double Each(Process[] processes, Action<Process> work)
    {
        long start = Clock.Now;
        foreach (Process process in processes)
            work(process);
        return Clock.NanosecondsEach(start, processes.Length);
    }

    private static double ForkAndExit(BenchMachine machine)
    {
        const int Forks = 50;
        long start = Clock.Now;
        for (int i = 0; i < Forks; i++)
            machine.Process.Fork().Exit();
        return Clock.NanosecondsEach(start, Forks);
    }
}
