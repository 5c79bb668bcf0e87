// A callback's context travels through native code as a handle, made before the call and freed after it.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal static unsafe class Enumeration
{
    public static List<string> Names()
    {
        var names = new List<string>();
        GCHandle context = GCHandle.Alloc(names);
        try
        {
            enumerate(&OnName, GCHandle.ToIntPtr(context));
        }
        finally
        {
            context.Free();
        }

        return names;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnName(nint name, nint context)
    {
        if (GCHandle.FromIntPtr(context).Target is List<string> names)
            names.Add(Marshal.PtrToStringUTF8(name) ?? "");
    }

    [DllImport("devices")]
    private static extern void enumerate(delegate* unmanaged[Cdecl]<nint, nint, void> callback, nint context);
}
