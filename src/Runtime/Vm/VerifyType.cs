namespace MmapAnalyzers.Runtime.Vm;

/// <summary>What <c>verify_area</c> is asked for.</summary>
public enum VerifyType
{
    /// <summary>The kernel is going to read from the user (<c>VERIFY_READ</c>).</summary>
    Read = 0,

    /// <summary>The kernel is going to write to the user (<c>VERIFY_WRITE</c>).</summary>
    Write = 1,
}
