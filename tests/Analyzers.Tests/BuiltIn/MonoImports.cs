namespace MmapAnalyzers.Tests.BuiltIn;

/// <summary>The part of Mono.Posix that the cases call: the class as its users see it, and the native helper behind it.</summary>
internal static class MonoImports
{
    public const string Helper =
        """
        internal static class Mph
        {
            [DllImport("MonoPosixHelper", EntryPoint = "Mono_Posix_Syscall_mmap")] public static extern nint Map(nint at, ulong length, int protection, int flags, int file, long offset);
            [DllImport("MonoPosixHelper", EntryPoint = "Mono_Posix_Syscall_mremap")] public static extern nint Resize(nint at, ulong length, ulong newLength, ulong flags);
            [DllImport("MonoPosixHelper", EntryPoint = "Mono_Posix_Syscall_munmap")] public static extern int Unmap(nint at, ulong length);
        }
        """;

    public const string Library =
        """
        namespace Mono.Unix.Native
        {
            public static class Syscall
            {
                public static extern nint mmap(nint start, ulong length, int protection, int flags, int file, long offset);
                public static extern nint mremap(nint at, ulong length, ulong newLength, int flags);
                public static extern int munmap(nint start, ulong length);
                public static extern int mprotect(nint start, ulong length, int protection);
                public static extern int msync(nint start, ulong length, int flags);
                public static extern int mlock(nint start, ulong length);
                public static extern int munlock(nint start, ulong length);
                public static extern int open(string path, int flags);
                public static extern int creat(string path, uint mode);
                public static extern int dup(int file);
                public static extern int close(int file);
                public static extern int ftruncate(int file, long length);
                public static extern int fsync(int file);
            }
        }
        """;
}
