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
    public static AdapterInfo? Find(int index)
    {
        nint memory = Marshal.AllocHGlobal(Marshal.SizeOf<AdapterInfo>());
        try
        {
            if (adapter_info(index, memory) != 0)
                return null;
            return Marshal.PtrToStructure<AdapterInfo>(memory);
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }

    [DllImport("adapters")]
    private static extern int adapter_info(int index, nint into);
}
