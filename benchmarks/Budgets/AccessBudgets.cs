using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MmapAnalyzers.Benchmarks.Measuring;
using MmapAnalyzers.Benchmarks.Rigs;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;

namespace MmapAnalyzers.Benchmarks.Budgets;

/// <summary>Loads, stores and copies of memory that is there, against a span over an array.</summary>
internal static class AccessBudgets
{
    private const int Small = 4 << 20;
    private const int Large = 64 << 20;
    private const int CopySize = 1 << 20;
    private const int CacheLine = 64;

    private const int Copies = 4;
    private const int Rounds = 2;

    public static IEnumerable<Budget> All { get; } =
    [
        new("load-hit-4M", 2.5, "8-byte load at random addresses, 4 MiB mapped, translations cached", "the same loads from a span", false, () => Loads(Small)),
        new("load-hit-64M", 5, "the same, 64 MiB mapped", "the same loads from a span", false, () => Loads(Large)),
        new("store-hit-4M", 2.5, "8-byte store at random addresses, 4 MiB mapped, translations cached", "the same stores to a span", false, () => Stores(Small)),
        new("copy-1M", 1.2, "CopyTo and CopyFrom of 1 MiB across pages", "Span.CopyTo", false, Copy),
    ];

    private static Measurement Loads(int size)
    {
        int[] offsets = RandomOffsets(size);
        byte[] array = TouchedArray(size);
        using var machine = Touched(size, out UserAddress at);
        Process process = machine.Process;
        return Interleaved.Medians(() => Timed(() => Sink = LoadAll(process, at, offsets), offsets), () => Timed(() => Sink = LoadAll(array, offsets), offsets));
    }

    private static Measurement Stores(int size)
    {
        int[] offsets = RandomOffsets(size);
        byte[] array = TouchedArray(size);
        using var machine = Touched(size, out UserAddress at);
        Process process = machine.Process;
        return Interleaved.Medians(() => Timed(() => StoreAll(process, at, offsets), offsets), () => Timed(() => StoreAll(array, offsets), offsets));
    }

    private static Measurement Copy()
    {
        byte[] here = TouchedArray(CopySize);
        byte[] there = TouchedArray(CopySize);
        using var machine = Touched(CopySize, out UserAddress at);
        Process process = machine.Process;
        return Interleaved.Medians(() => CopyBoth(process, at, here), () => CopyBoth(there, here));
    }

    private static BenchMachine Touched(int size, out UserAddress at)
    {
        var machine = new BenchMachine(MachineProfile.I386, size + (8 << 20));
        at = machine.MapMemory((ulong)size);
        machine.Touch(at, size >> MachineProfile.I386.PageShift);
        return machine;
    }

    /// <summary>An array that has pages of its own: one that was never written is the host's one page of zeros over and over, which no cache misses.</summary>
    private static byte[] TouchedArray(int size)
    {
        byte[] array = new byte[size];
        Array.Fill(array, (byte)1);
        return array;
    }

    /// <summary>Aligned places, drawn before anything is measured; as many as the memory has cache lines, so that more memory misses more.</summary>
    private static int[] RandomOffsets(int size)
    {
        var random = new Random(1);
        int[] offsets = new int[size / CacheLine];
        for (int i = 0; i < offsets.Length; i++)
            offsets[i] = random.Next(size / sizeof(ulong)) * sizeof(ulong);
        return offsets;
    }

    /// <summary>
    /// Takes the time outside of the loop, whose registers are the loop's own; and of the second of two passes, for the first one brings back into the
    /// caches what the other side has pushed out of them.
    /// </summary>
    private static double Timed(Action accesses, int[] offsets)
    {
        accesses();
        long start = Clock.Now;
        accesses();
        return Clock.NanosecondsEach(start, Rounds * offsets.Length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong LoadAll(Process process, UserAddress at, int[] offsets)
    {
        ulong sum = 0;
        for (int i = 0; i < Rounds * offsets.Length; i++)
            sum += process.Load<ulong>(at + (ulong)offsets[i & (offsets.Length - 1)]);
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong LoadAll(ReadOnlySpan<byte> memory, int[] offsets)
    {
        ulong sum = 0;
        for (int i = 0; i < Rounds * offsets.Length; i++)
            sum += MemoryMarshal.Read<ulong>(memory[offsets[i & (offsets.Length - 1)]..]);
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreAll(Process process, UserAddress at, int[] offsets)
    {
        for (int i = 0; i < Rounds * offsets.Length; i++)
            process.Store(at + (ulong)offsets[i & (offsets.Length - 1)], (ulong)i);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreAll(Span<byte> memory, int[] offsets)
    {
        for (int i = 0; i < Rounds * offsets.Length; i++)
            MemoryMarshal.Write(memory[offsets[i & (offsets.Length - 1)]..], (ulong)i);
    }

    private static double CopyBoth(Process process, UserAddress at, byte[] here)
    {
        long start = Clock.Now;
        for (int i = 0; i < Copies; i++)
        {
            process.CopyTo(at, here);
            process.CopyFrom(at, here);
        }

        return Clock.NanosecondsEach(start, 2 * Copies);
    }

    private static double CopyBoth(byte[] there, byte[] here)
    {
        long start = Clock.Now;
        for (int i = 0; i < Copies; i++)
        {
            here.AsSpan().CopyTo(there);
            there.AsSpan().CopyTo(here);
        }

        return Clock.NanosecondsEach(start, 2 * Copies);
    }

    /// <summary>Where sums go, so that no load can be left out.</summary>
    private static ulong Sink { get; set; }
}
