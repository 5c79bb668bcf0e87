// An optional text: null goes to native code as null, and freeing null is allowed.
using System.Runtime.InteropServices;

namespace Usages.Marshalling;

internal static class Dialog
{
    public static int Show(string text, string? caption)
    {
        nint nativeText = 0;
        nint nativeCaption = 0;
        try
        {
            nativeText = Marshal.StringToHGlobalUni(text);
            if (caption is not null)
                nativeCaption = Marshal.StringToHGlobalUni(caption);
            return show(nativeText, nativeCaption);
        }
        finally
        {
            Marshal.FreeHGlobal(nativeText);
            Marshal.FreeHGlobal(nativeCaption);
        }
    }

    [DllImport("dialogs")]
    private static extern int show(nint text, nint caption);
}
