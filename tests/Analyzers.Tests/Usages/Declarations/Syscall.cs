// What a managed binding of the system calls declares, for programs that would refer to its package.
namespace Mono.Unix.Native;

public static class Syscall
{
    public static int open(string path, int flags) => throw new PlatformNotSupportedException(path + flags);

    public static int close(int file) => throw new PlatformNotSupportedException($"{file}");

    public static nint mmap(nint start, ulong length, int protection, int flags, int file, long offset) =>
        throw new PlatformNotSupportedException($"{start}{length}{protection}{flags}{file}{offset}");

    public static int munmap(nint start, ulong length) => throw new PlatformNotSupportedException($"{start}{length}");
}
