namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>What an instruction does with an address.</summary>
internal enum Access
{
    Load,
    Store,
    Fetch,
}
