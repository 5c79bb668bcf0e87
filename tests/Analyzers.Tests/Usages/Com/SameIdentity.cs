// Two objects are the same if their identities are: both pointers are released.
using System.Runtime.InteropServices;

namespace Usages.Com;

internal static class Identity
{
    public static bool AreSame(object left, object right)
    {
        nint first = 0;
        nint second = 0;
        try
        {
            first = Marshal.GetIUnknownForObject(left);
            second = Marshal.GetIUnknownForObject(right);
            return first == second;
        }
        finally
        {
            if (second != 0)
                Marshal.Release(second);
            if (first != 0)
                Marshal.Release(first);
        }
    }
}
