// A secret as a binary string that is overwritten when it is freed.
using System.Runtime.InteropServices;
using System.Security;

namespace Usages.Marshalling;

internal static class Secrets
{
    public static bool AreEqual(SecureString left, SecureString right)
    {
        nint first = 0;
        nint second = 0;
        try
        {
            first = Marshal.SecureStringToBSTR(left);
            second = Marshal.SecureStringToBSTR(right);
            int length = Marshal.ReadInt32(first, -4);
            if (length != Marshal.ReadInt32(second, -4))
                return false;

            int difference = 0;
            for (int index = 0; index < length; index++)
                difference |= Marshal.ReadByte(first, index) ^ Marshal.ReadByte(second, index);
            return difference == 0;
        }
        finally
        {
            if (second != 0)
                Marshal.ZeroFreeBSTR(second);
            if (first != 0)
                Marshal.ZeroFreeBSTR(first);
        }
    }
}
