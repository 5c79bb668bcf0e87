namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Which method of a driver is running: the columns of every ledger.</summary>
internal enum DriverCallback
{
    None,
    Init,
    Cleanup,
    FileOpen,
    FileRelease,
    FileLseek,
    FileRead,
    FileWrite,
    FileIoctl,
    FileFsync,
    Mmap,
    FailedMmap,
    Open,
    Close,
    Unmap,
    Sync,
    Nopage,
    Swapout,
    Swapin,
}
