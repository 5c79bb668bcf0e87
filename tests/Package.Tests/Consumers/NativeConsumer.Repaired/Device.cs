using System.Runtime.InteropServices;

namespace NativeConsumer;

public sealed class Device(SafeHandle handle)
{
    public bool TryReset(int command)
    {
        bool counted = false;
        handle.DangerousAddRef(ref counted); // expect: MMAP4001
        try
        {
            if (command < 0)
                return false;

            bool done = Native.ioctl(handle.DangerousGetHandle(), command) == 0;
            return done;
        }
        finally
        {
            handle.DangerousRelease();
        }
    }
}
