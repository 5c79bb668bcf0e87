namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>From where <c>lseek</c> counts.</summary>
public enum SeekWhence
{
    /// <summary>From the start (<c>SEEK_SET</c>).</summary>
    Start = 0,

    /// <summary>From the position (<c>SEEK_CUR</c>).</summary>
    Current = 1,

    /// <summary>From the end of the file (<c>SEEK_END</c>).</summary>
    End = 2,
}
