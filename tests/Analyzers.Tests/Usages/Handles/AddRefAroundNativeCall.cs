// Keep a handle alive while its raw value is in the hands of native code.
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal static unsafe class DeviceIo
{
    public static int Query(SafeHandle device, delegate* unmanaged<nint, int> query)
    {
        bool added = false;
        try
        {
            device.DangerousAddRef(ref added);
            return query(device.DangerousGetHandle());
        }
        finally
        {
            if (added)
                device.DangerousRelease();
        }
    }
}
