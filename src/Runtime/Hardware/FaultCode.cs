namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>Why the processor could not translate an address: bit 0 of the i386 error code tells the two apart.</summary>
internal enum FaultCode
{
    None,
    NotPresent,
    Protection,
}
