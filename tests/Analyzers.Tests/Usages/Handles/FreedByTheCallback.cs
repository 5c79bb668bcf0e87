// The handle is given to native code and freed by the callback that ends the registration.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal static unsafe class Functions
{
    public static void Register(nint database, string name, Delegate function)
    {
        GCHandle handle = GCHandle.Alloc(function);
        int result = db_create_function(database, name, GCHandle.ToIntPtr(handle), &OnDestroy);
        if (result == 0)
            return;

        handle.Free();
        throw new InvalidOperationException($"The function was not registered: {result}.");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDestroy(nint user) => GCHandle.FromIntPtr(user).Free();

    [DllImport("db")]
    private static extern int db_create_function(nint database, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, nint user, delegate* unmanaged[Cdecl]<nint, void> destroy);
}
