using MmapAnalyzers.Differential.Comparing;
using MmapAnalyzers.Differential.Programs;

namespace MmapAnalyzers.Differential.Running;

/// <summary>A program that was run.</summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Program">Its operations.</param>
/// <param name="Compared">Those that were run and compared.</param>
/// <param name="Divergence">Where the sides parted; null when they never did.</param>
internal sealed record ProgramRun(int Seed, IReadOnlyList<Operation> Program, int Compared, Divergence? Divergence);
