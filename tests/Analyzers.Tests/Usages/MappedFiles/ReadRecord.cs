// Map a file, look at one record, let go of both.
using System.IO.MemoryMappedFiles;

namespace Usages.MappedFiles;

internal static class Records
{
    public static long KeyAt(string path, long position)
    {
        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        using MemoryMappedViewAccessor view = file.CreateViewAccessor(position, sizeof(long), MemoryMappedFileAccess.Read);
        return view.ReadInt64(0);
    }

    public static string FirstLine(string path)
    {
        using (MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path))
        using (MemoryMappedViewStream stream = file.CreateViewStream())
        using (var reader = new StreamReader(stream))
        {
            return reader.ReadLine() ?? "";
        }
    }
}
