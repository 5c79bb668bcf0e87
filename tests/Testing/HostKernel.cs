using System.Runtime.InteropServices;

namespace MmapAnalyzers.Testing;

/// <summary>The memory calls of the Linux that this process runs on. Each returns what the kernel returns: the error number made negative on failure.</summary>
internal static unsafe partial class HostKernel
{
    public const int MapShared = 1;
    public const int MapPrivate = 2;
    public const int MapFixed = 0x10;
    public const int MapAnonymous = 0x20;
    public const int MapFixedNoReplace = 0x100000;
    public const int MremapMayMove = 1;
    public const int MremapFixed = 2;

    private const string Libc = "libc";
    private const int ReadOnly = 0;
    private const int Sigkill = 9;
    private const int WaitForAnyKind = 0x40000000;

    /// <summary>Why the calls cannot be made here; null when they can.</summary>
    public static string? WhyNot =>
        !OperatingSystem.IsLinux() ? "this is no Linux"
        : !Environment.Is64BitProcess ? "the process has no room for the addresses of the other side"
        : Environment.SystemPageSize != 4096 ? $"a page has {Environment.SystemPageSize} bytes here, and 4096 on i386"
        : null;

    public static long Mmap(ulong address, ulong length, int protection, int flags, int fd, long offset) =>
        Result((long)mmap((nuint)address, (nuint)length, protection, flags, fd, (nint)offset));

    public static long Munmap(ulong address, ulong length) => Result(munmap((nuint)address, (nuint)length));

    public static long Mprotect(ulong address, ulong length, int protection) => Result(mprotect((nuint)address, (nuint)length, protection));

    public static long Mremap(ulong address, ulong oldLength, ulong newLength, int flags, ulong newAddress = 0) =>
        Result((long)mremap((nuint)address, (nuint)oldLength, (nuint)newLength, flags, (nuint)newAddress));

    /// <summary>Asks for pages of the ordinary size, whatever the computer is set to.</summary>
    public static void ForbidHugePages(ulong address, ulong length) => _ = madvise((nuint)address, (nuint)length, 15);

    /// <summary>Makes a file of zeros that lives in memory.</summary>
    public static int CreateMemoryFile(string name, ulong size)
    {
        int fd = (int)Must("memfd_create", Result(memfd_create(name, 1)));
        Must("ftruncate", Result(ftruncate(fd, (nint)size)));
        return fd;
    }

    public static long Open(string path, int flags) => Result(open(path, flags));

    public static long OpenToRead(string path) => Open(path, ReadOnly);

    public static void Close(int fd) => _ = close(fd);

    public static long ReadAt(int fd, Span<byte> into, long offset)
    {
        fixed (byte* buffer = into)
            return Result(pread(fd, buffer, (nuint)into.Length, (nint)offset));
    }

    public static long WriteAt(int fd, ReadOnlySpan<byte> from, long offset)
    {
        fixed (byte* buffer = from)
            return Result(pwrite(fd, buffer, (nuint)from.Length, (nint)offset));
    }

    /// <summary>Reads memory of a process as its own instructions would; pieces behind the first one that they may not read are left out.</summary>
    /// <returns>The bytes read.</returns>
    public static long ReadMemory(int pid, ReadOnlySpan<MemoryPiece> into, ReadOnlySpan<MemoryPiece> from)
    {
        fixed (MemoryPiece* local = into, remote = from)
            return Result(process_vm_readv(pid, local, (nuint)into.Length, remote, (nuint)from.Length, 0));
    }

    /// <summary>Reads a value from the memory of a process as its own instruction would.</summary>
    /// <returns>The bytes read.</returns>
    public static long ReadMemory(int pid, ulong address, out ulong value)
    {
        ulong found = 0;
        long read = ReadMemory(pid, [new MemoryPiece((nuint)(&found), sizeof(ulong))], [new MemoryPiece((nuint)address, sizeof(ulong))]);
        value = found;
        return read;
    }

    /// <summary>Writes a value into the memory of a process as its own instruction would.</summary>
    /// <returns>The bytes written.</returns>
    public static long WriteMemory(int pid, ulong address, ulong value)
    {
        var local = new MemoryPiece((nuint)(&value), sizeof(ulong));
        var remote = new MemoryPiece((nuint)address, sizeof(ulong));
        return Result(process_vm_writev(pid, &local, 1, &remote, 1, 0));
    }

    /// <summary>Forks. The child runs nothing of the runtime's, only libc's <c>sleep</c>, on a stack of its own; it ends by <see cref="End"/>, or of itself after two minutes.</summary>
    /// <returns>The child's number.</returns>
    public static int Fork()
    {
        int pid = ForkBare();

        // In a group of its own no Ctrl-C reaches it, so it sleeps on until it is told.
        _ = setpgid(pid, pid);
        return pid;
    }

    /// <summary>The one call of <see cref="Fork"/> that makes the child.</summary>
    // No flag and no signal at its end: nobody else in this process waits for it or hears of it.
    public static int ForkBare() => (int)Must("clone", Result(clone(SleepFunction, (byte*)ChildStack + ChildStackSize, 0, 120)));

    /// <summary>Ends a child of <see cref="Fork"/>, and waits until its memory is gone.</summary>
    public static void End(int pid)
    {
        _ = kill(pid, Sigkill);
        _ = waitpid(pid, null, WaitForAnyKind);
    }

    /// <summary>Throws for a result that tells of an error.</summary>
    public static long Must(string call, long result) =>
        result >= 0 ? result : throw new InvalidOperationException($"{call} of the host: {Marshal.GetPInvokeErrorMessage((int)-result)}");

    private const int ChildStackSize = 64 << 10;

    private static readonly nint ChildStack = (nint)NativeMemory.AlignedAlloc(ChildStackSize, 64);

    private static readonly nint SleepFunction = NativeLibrary.GetExport(NativeLibrary.Load(Libc, typeof(HostKernel).Assembly, null), "sleep");

    private static long Result(long value) => value == -1 ? -Marshal.GetLastPInvokeError() : value;

    [LibraryImport(Libc, SetLastError = true)]
    private static partial nint mmap(nuint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial int munmap(nuint address, nuint length);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial int mprotect(nuint address, nuint length, int protection);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial nint mremap(nuint address, nuint oldLength, nuint newLength, int flags, nuint newAddress);

    [LibraryImport(Libc)]
    private static partial int madvise(nuint address, nuint length, int advice);

    [LibraryImport(Libc, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial int ftruncate(int fd, nint length);

    [LibraryImport(Libc, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport(Libc)]
    private static partial int close(int fd);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial nint pread(int fd, byte* buffer, nuint count, nint offset);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial nint pwrite(int fd, byte* buffer, nuint count, nint offset);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial nint process_vm_readv(int pid, MemoryPiece* local, nuint locals, MemoryPiece* remote, nuint remotes, nuint flags);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial nint process_vm_writev(int pid, MemoryPiece* local, nuint locals, MemoryPiece* remote, nuint remotes, nuint flags);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial int clone(nint function, byte* stack, int flags, nint argument);

    [LibraryImport(Libc)]
    private static partial int setpgid(int pid, int group);

    [LibraryImport(Libc)]
    private static partial int kill(int pid, int signal);

    [LibraryImport(Libc)]
    private static partial int waitpid(int pid, int* status, int options);

    /// <summary>A range of bytes (<c>struct iovec</c>).</summary>
    /// <param name="Address">The first byte.</param>
    /// <param name="Length">How many.</param>
    internal readonly record struct MemoryPiece(nuint Address, nuint Length);
}
