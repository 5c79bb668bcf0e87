// A table of blocks that is built completely or not at all.
using System.Runtime.InteropServices;

namespace Usages.NativeMemories;

internal static unsafe class BlockTable
{
    public static nint[] Create(int blocks, nuint size)
    {
        var table = new nint[blocks];
        int made = 0;
        try
        {
            for (; made < blocks; made++)
                table[made] = (nint)NativeMemory.Alloc(size);
            return table;
        }
        catch
        {
            while (--made >= 0)
                NativeMemory.Free((void*)table[made]);
            throw;
        }
    }

    public static void Destroy(nint[] table)
    {
        foreach (nint block in table)
            NativeMemory.Free((void*)block);
    }
}
