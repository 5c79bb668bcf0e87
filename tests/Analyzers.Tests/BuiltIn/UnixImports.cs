namespace MmapAnalyzers.Tests.BuiltIn;

/// <summary>What the cases import of the C library and of the framework's shim over it: under names of their own, as the rows ask for the entry points.</summary>
internal static class UnixImports
{
    public const string Library =
        """
        internal static class Unix
        {
            [DllImport("libc", EntryPoint = "mmap")] public static extern nint Map(nint at, nint length, int protection, int flags, int file, nint offset);
            [DllImport("libc", EntryPoint = "mmap64")] public static extern nint Map64(nint at, nint length, int protection, int flags, int file, long offset);
            [DllImport("libc", EntryPoint = "mremap")] public static extern nint Resize(nint at, nint length, nint newLength, int flags);
            [DllImport("libc", EntryPoint = "munmap")] public static extern int Unmap(nint at, nint length);
            [DllImport("libc", EntryPoint = "mprotect")] public static extern int Protect(nint at, nint length, int protection);
            [DllImport("libc", EntryPoint = "madvise")] public static extern int Advise(nint at, nint length, int advice);
            [DllImport("libc", EntryPoint = "msync")] public static extern int Sync(nint at, nint length, int flags);
            [DllImport("libc", EntryPoint = "mlock")] public static extern int LockPages(nint at, nint length);
            [DllImport("libc", EntryPoint = "mlock2")] public static extern int LockPagesLater(nint at, nint length, uint flags);
            [DllImport("libc", EntryPoint = "munlock")] public static extern int UnlockPages(nint at, nint length);
            [DllImport("libc", EntryPoint = "shmat")] public static extern nint Attach(int segment, nint at, int flags);
            [DllImport("libc", EntryPoint = "shmdt")] public static extern int Detach(nint at);
            [DllImport("libc", EntryPoint = "open")] public static extern int OpenFile(string path, int flags);
            [DllImport("libc", EntryPoint = "open64")] public static extern int OpenFile64(string path, int flags);
            [DllImport("libc", EntryPoint = "openat")] public static extern int OpenIn(int folder, string path, int flags);
            [DllImport("libc", EntryPoint = "openat64")] public static extern int OpenIn64(int folder, string path, int flags);
            [DllImport("libc", EntryPoint = "creat")] public static extern int Create(string path, uint mode);
            [DllImport("libc", EntryPoint = "creat64")] public static extern int Create64(string path, uint mode);
            [DllImport("libc", EntryPoint = "shm_open")] public static extern int OpenShared(string name, int flags, uint mode);
            [DllImport("libc", EntryPoint = "memfd_create")] public static extern int CreateInMemory(string name, uint flags);
            [DllImport("libc", EntryPoint = "mkstemp")] public static extern int CreateTemporary(byte[] name);
            [DllImport("libc", EntryPoint = "mkostemp")] public static extern int CreateTemporaryWith(byte[] name, int flags);
            [DllImport("libc", EntryPoint = "dup")] public static extern int Duplicate(int file);
            [DllImport("libc", EntryPoint = "eventfd")] public static extern int CreateEvent(uint value, int flags);
            [DllImport("libc", EntryPoint = "epoll_create")] public static extern int CreatePoll(int size);
            [DllImport("libc", EntryPoint = "epoll_create1")] public static extern int CreatePollWith(int flags);
            [DllImport("libc", EntryPoint = "inotify_init")] public static extern int CreateWatch();
            [DllImport("libc", EntryPoint = "inotify_init1")] public static extern int CreateWatchWith(int flags);
            [DllImport("libc", EntryPoint = "timerfd_create")] public static extern int CreateTimer(int clock, int flags);
            [DllImport("libc", EntryPoint = "socket")] public static extern int CreateSocket(int domain, int type, int protocol);
            [DllImport("libc", EntryPoint = "close")] public static extern int CloseFile(int file);
            [DllImport("libc", EntryPoint = "read")] public static extern nint ReadFrom(int file, byte[] into, nint count);
            [DllImport("libc", EntryPoint = "write")] public static extern nint WriteTo(int file, byte[] from, nint count);
            [DllImport("libc", EntryPoint = "pread")] public static extern nint ReadAt(int file, byte[] into, nint count, nint offset);
            [DllImport("libc", EntryPoint = "pread64")] public static extern nint ReadAt64(int file, byte[] into, nint count, long offset);
            [DllImport("libc", EntryPoint = "pwrite")] public static extern nint WriteAt(int file, byte[] from, nint count, nint offset);
            [DllImport("libc", EntryPoint = "pwrite64")] public static extern nint WriteAt64(int file, byte[] from, nint count, long offset);
            [DllImport("libc", EntryPoint = "lseek")] public static extern nint SeekTo(int file, nint offset, int whence);
            [DllImport("libc", EntryPoint = "lseek64")] public static extern long SeekTo64(int file, long offset, int whence);
            [DllImport("libc", EntryPoint = "ioctl")] public static extern int Control(int file, nuint request, nint argument);
            [DllImport("libc", EntryPoint = "fcntl")] public static extern int Settle(int file, int command, int argument);
            [DllImport("libc", EntryPoint = "flock")] public static extern int LockFile(int file, int operation);
            [DllImport("libc", EntryPoint = "fstat")] public static extern int StatusOf(int file, byte[] status);
            [DllImport("libc", EntryPoint = "fchmod")] public static extern int ChangeMode(int file, uint mode);
            [DllImport("libc", EntryPoint = "ftruncate")] public static extern int Truncate(int file, nint length);
            [DllImport("libc", EntryPoint = "ftruncate64")] public static extern int Truncate64(int file, long length);
            [DllImport("libc", EntryPoint = "fallocate")] public static extern int Allocate(int file, int mode, nint offset, nint length);
            [DllImport("libc", EntryPoint = "posix_fallocate")] public static extern int AllocateSpace(int file, nint offset, nint length);
            [DllImport("libc", EntryPoint = "fsync")] public static extern int Flush(int file);
            [DllImport("libc", EntryPoint = "fdatasync")] public static extern int FlushData(int file);
            [DllImport("libc", EntryPoint = "malloc")] public static extern nint Allocate(nuint size);
            [DllImport("libc", EntryPoint = "calloc")] public static extern nint AllocateCleared(nuint count, nuint size);
            [DllImport("libc", EntryPoint = "aligned_alloc")] public static extern nint AllocateAligned(nuint alignment, nuint size);
            [DllImport("libc", EntryPoint = "realloc")] public static extern nint Reallocate(nint memory, nuint size);
            [DllImport("libc", EntryPoint = "free")] public static extern void Free(nint memory);
        }
        """;

    public const string Shim =
        """
        internal static class Shim
        {
            [DllImport("libSystem.Native", EntryPoint = "SystemNative_MMap")] public static extern nint Map(nint at, ulong length, int protection, int flags, nint file, long offset);
            [DllImport("libSystem.Native", EntryPoint = "SystemNative_MUnmap")] public static extern int Unmap(nint at, ulong length);
            [DllImport("libSystem.Native", EntryPoint = "SystemNative_MProtect")] public static extern int Protect(nint at, ulong length, int protection);
            [DllImport("libSystem.Native", EntryPoint = "SystemNative_MAdvise")] public static extern int Advise(nint at, ulong length, int advice);
            [DllImport("libSystem.Native", EntryPoint = "SystemNative_MSync")] public static extern int Sync(nint at, ulong length, int flags);
            [DllImport("libSystem.Native", EntryPoint = "SystemNative_Open")] public static extern nint OpenFile(string path, int flags, int mode);
            [DllImport("libSystem.Native", EntryPoint = "SystemNative_ShmOpen")] public static extern nint OpenShared(string name, int flags, int mode);
            [DllImport("libSystem.Native", EntryPoint = "SystemNative_MemfdCreate")] public static extern nint CreateInMemory(string name, int isReadOnly);
            [DllImport("libSystem.Native", EntryPoint = "SystemNative_Dup")] public static extern nint Duplicate(nint file);
            [DllImport("libSystem.Native", EntryPoint = "SystemNative_Close")] public static extern int CloseFile(nint file);
        }
        """;
}
