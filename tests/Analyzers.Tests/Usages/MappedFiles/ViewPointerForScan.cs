// The pointer of a view for the length of a scan.
using System.IO.MemoryMappedFiles;

namespace Usages.MappedFiles;

internal static unsafe class Scanner
{
    public static long Count(MemoryMappedViewAccessor view, byte wanted)
    {
        byte* at = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref at);
        try
        {
            long found = 0;
            for (long index = 0; index < view.Capacity; index++)
            {
                if (at[view.PointerOffset + index] == wanted)
                    found++;
            }

            return found;
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }
}
