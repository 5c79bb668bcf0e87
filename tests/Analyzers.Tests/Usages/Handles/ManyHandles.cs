// Take references to all handles for a wait, and give back those that were taken.
using System.Runtime.InteropServices;

namespace Usages.Handles;

internal static class Waiter
{
    public static int WaitAny(ReadOnlySpan<SafeHandle> handles, Func<nint[], int> wait)
    {
        var raw = new nint[handles.Length];
        int taken = 0;
        try
        {
            for (; taken < handles.Length; taken++)
            {
                bool added = false;
                handles[taken].DangerousAddRef(ref added);
                raw[taken] = handles[taken].DangerousGetHandle();
            }

            return wait(raw);
        }
        finally
        {
            for (int index = 0; index < taken; index++)
                handles[index].DangerousRelease();
        }
    }
}
