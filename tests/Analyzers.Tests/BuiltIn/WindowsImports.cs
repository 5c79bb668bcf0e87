namespace MmapAnalyzers.Tests.BuiltIn;

/// <summary>What the cases import of Windows, under names of their own.</summary>
internal static class WindowsImports
{
    public const string Source =
        """
        internal static class Windows
        {
            [DllImport("kernel32", EntryPoint = "VirtualAlloc")] public static extern nint Reserve(nint at, nuint size, uint kind, uint protection);
            [DllImport("kernel32", EntryPoint = "VirtualAllocFromApp")] public static extern nint ReserveFromApp(nint at, nuint size, uint kind, uint protection);
            [DllImport("kernel32", EntryPoint = "VirtualFree")] public static extern bool Release(nint at, nuint size, uint kind);
            [DllImport("kernel32", EntryPoint = "VirtualProtect")] public static extern bool Protect(nint at, nuint size, uint protection, out uint old);
            [DllImport("kernel32", EntryPoint = "VirtualLock")] public static extern bool LockPages(nint at, nuint size);
            [DllImport("kernel32", EntryPoint = "VirtualUnlock")] public static extern bool UnlockPages(nint at, nuint size);
            [DllImport("kernel32", EntryPoint = "FlushInstructionCache")] public static extern bool FlushCode(nint at, nuint size);
            [DllImport("kernel32", EntryPoint = "VirtualAllocEx")] public static extern nint ReserveIn(nint process, nint at, nuint size, uint kind, uint protection);
            [DllImport("kernel32", EntryPoint = "VirtualAllocExNuma")] public static extern nint ReserveOn(nint process, nint at, nuint size, uint kind, uint protection, uint node);
            [DllImport("kernel32", EntryPoint = "VirtualAlloc2")] public static extern nint ReserveWith(nint process, nint at, nuint size, uint kind, uint protection, nint parameters, uint count);
            [DllImport("kernel32", EntryPoint = "VirtualFreeEx")] public static extern bool ReleaseIn(nint process, nint at, nuint size, uint kind);
            [DllImport("kernel32", EntryPoint = "VirtualProtectEx")] public static extern bool ProtectIn(nint process, nint at, nuint size, uint protection, out uint old);
            [DllImport("kernel32", EntryPoint = "WriteProcessMemory")] public static extern bool WriteIn(nint process, nint at, byte[] from, nuint size, out nuint written);
            [DllImport("kernel32", EntryPoint = "ReadProcessMemory")] public static extern bool ReadIn(nint process, nint at, byte[] into, nuint size, out nuint read);
            [DllImport("kernel32", EntryPoint = "MapViewOfFile")] public static extern nint View(nint mapping, uint access, uint high, uint low, nuint size);
            [DllImport("kernel32", EntryPoint = "MapViewOfFileEx")] public static extern nint ViewAt(nint mapping, uint access, uint high, uint low, nuint size, nint at);
            [DllImport("kernel32", EntryPoint = "MapViewOfFile2")] public static extern nint ViewIn(nint mapping, nint process, ulong offset, nint at, nuint size, uint kind, uint protection);
            [DllImport("kernel32", EntryPoint = "MapViewOfFileNuma2")] public static extern nint ViewOn(nint mapping, nint process, ulong offset, nint at, nuint size, uint kind, uint protection, uint node);
            [DllImport("kernel32", EntryPoint = "MapViewOfFile3")] public static extern nint ViewWith(nint mapping, nint process, nint at, ulong offset, nuint size, uint kind, uint protection, nint parameters, uint count);
            [DllImport("kernel32", EntryPoint = "MapViewOfFileFromApp")] public static extern nint ViewFromApp(nint mapping, uint access, ulong offset, nuint size);
            [DllImport("kernel32", EntryPoint = "UnmapViewOfFile")] public static extern bool Unview(nint at);
            [DllImport("kernel32", EntryPoint = "UnmapViewOfFileEx")] public static extern bool UnviewWith(nint at, uint flags);
            [DllImport("kernel32", EntryPoint = "UnmapViewOfFile2")] public static extern bool UnviewIn(nint process, nint at, uint flags);
            [DllImport("kernel32", EntryPoint = "FlushViewOfFile")] public static extern bool FlushView(nint at, nuint size);
            [DllImport("kernel32", EntryPoint = "CreateFile")] public static extern nint OpenFile(string path, uint access, uint share, nint security, uint kind, uint flags, nint template);
            [DllImport("kernel32", EntryPoint = "CreateFileA")] public static extern nint OpenFileA(string path, uint access, uint share, nint security, uint kind, uint flags, nint template);
            [DllImport("kernel32", EntryPoint = "CreateFileW")] public static extern nint OpenFileW(string path, uint access, uint share, nint security, uint kind, uint flags, nint template);
            [DllImport("kernel32", EntryPoint = "CreateFile2")] public static extern nint OpenFile2(string path, uint access, uint share, uint kind, nint parameters);
            [DllImport("kernel32", EntryPoint = "CreateFileMapping")] public static extern nint MapFile(nint file, nint security, uint protection, uint high, uint low, string? name);
            [DllImport("kernel32", EntryPoint = "CreateFileMappingA")] public static extern nint MapFileA(nint file, nint security, uint protection, uint high, uint low, string? name);
            [DllImport("kernel32", EntryPoint = "CreateFileMappingW")] public static extern nint MapFileW(nint file, nint security, uint protection, uint high, uint low, string? name);
            [DllImport("kernel32", EntryPoint = "CreateFileMapping2")] public static extern nint MapFile2(nint file, nint security, uint access, uint protection, uint kind, ulong size, string? name, nint parameters, uint count);
            [DllImport("kernel32", EntryPoint = "CreateFileMappingFromApp")] public static extern nint MapFileFromApp(nint file, nint security, uint protection, ulong size, string? name);
            [DllImport("kernel32", EntryPoint = "OpenFileMapping")] public static extern nint OpenMapping(uint access, bool inherit, string name);
            [DllImport("kernel32", EntryPoint = "OpenFileMappingA")] public static extern nint OpenMappingA(uint access, bool inherit, string name);
            [DllImport("kernel32", EntryPoint = "OpenFileMappingW")] public static extern nint OpenMappingW(uint access, bool inherit, string name);
            [DllImport("kernel32", EntryPoint = "OpenProcess")] public static extern nint OpenProcess(uint access, bool inherit, uint id);
            [DllImport("kernel32", EntryPoint = "OpenThread")] public static extern nint OpenThread(uint access, bool inherit, uint id);
            [DllImport("kernel32", EntryPoint = "CloseHandle")] public static extern bool Close(nint handle);
            [DllImport("kernel32", EntryPoint = "ReadFile")] public static extern bool ReadFrom(nint file, byte[] into, uint count, out uint read, nint overlapped);
            [DllImport("kernel32", EntryPoint = "WriteFile")] public static extern bool WriteTo(nint file, byte[] from, uint count, out uint written, nint overlapped);
            [DllImport("kernel32", EntryPoint = "GetFileSizeEx")] public static extern bool SizeOf(nint file, out long size);
            [DllImport("kernel32", EntryPoint = "DeviceIoControl")] public static extern bool Control(nint device, uint code, nint from, uint fromSize, nint into, uint intoSize, out uint count, nint overlapped);
        }
        """;
}
