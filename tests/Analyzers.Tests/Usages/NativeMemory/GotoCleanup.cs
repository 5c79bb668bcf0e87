// Cleanup behind a label, as in C.
using System.Runtime.InteropServices;

namespace Usages.NativeMemories;

internal static unsafe class Parser
{
    public static bool IsBalanced(byte* text, int length)
    {
        bool result = false;
        int depth = 0;
        byte* stack = (byte*)NativeMemory.Alloc((nuint)length + 1);
        for (int index = 0; index < length; index++)
        {
            if (text[index] == '(')
                stack[depth++] = text[index];
            else if (text[index] == ')' && depth-- == 0)
                goto done;
        }

        result = depth == 0;
    done:
        NativeMemory.Free(stack);
        return result;
    }
}
