// A section of the page file and a view of it; the section's handle is closed when the view is there.
using System.Runtime.InteropServices;

namespace Usages.Mapping;

internal static unsafe class Section
{
    public static int Exchange(uint size, int value)
    {
        nint section = CreateFileMappingW(-1, 0, 4, 0, size, null);
        if (section == 0)
            return -1;

        nint view = MapViewOfFile(section, 6, 0, 0, size);
        if (view == 0)
        {
            CloseHandle(section);
            return -1;
        }

        int old = *(int*)view;
        *(int*)view = value;
        UnmapViewOfFile(view);
        CloseHandle(section);
        return old;
    }

    [DllImport("kernel32", CharSet = CharSet.Unicode)]
    private static extern nint CreateFileMappingW(nint file, nint attributes, uint protection, uint sizeHigh, uint sizeLow, string? name);

    [DllImport("kernel32")]
    private static extern nint MapViewOfFile(nint section, uint access, uint offsetHigh, uint offsetLow, nuint size);

    [DllImport("kernel32")]
    private static extern bool UnmapViewOfFile(nint view);

    [DllImport("kernel32")]
    private static extern bool CloseHandle(nint handle);
}
