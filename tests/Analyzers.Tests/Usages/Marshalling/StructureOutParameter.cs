// Room for a structure that native code fills in.
using System.Runtime.InteropServices;

namespace Usages.Marshalling;

internal struct AdapterInfo
{
    public int Index;
    public long Speed;
}

internal static class Adapters
{
    public static AdapterInfo? Find(int index, Func<int, nint, bool> ask)
    {
        nint memory = Marshal.AllocHGlobal(Marshal.SizeOf<AdapterInfo>());
        try
        {
            if (!ask(index, memory))
                return null;
            return Marshal.PtrToStructure<AdapterInfo>(memory);
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }
}
