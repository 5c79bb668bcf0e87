using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text;

namespace MmapAnalyzers.Pairs;

/// <summary>Managed memory that native code sees, and the other way round.</summary>
public static unsafe class Pinned
{
    public static long Sum(int[] numbers)
    {
        GCHandle handle = GCHandle.Alloc(numbers, GCHandleType.Pinned);
        try
        {
            int* first = (int*)handle.AddrOfPinnedObject();
            long sum = 0;
            for (int i = 0; i < numbers.Length; i++)
                sum += first[i];
            return sum;
        }
        finally
        {
            handle.Free();
        }
    }

    public static int Checksum(ReadOnlyMemory<byte> memory)
    {
        using MemoryHandle pin = memory.Pin();
        byte* at = (byte*)pin.Pointer;
        int checksum = 17;
        for (int i = 0; i < memory.Length; i++)
            checksum = unchecked((checksum * 31) + at[i]);
        return checksum;
    }

    public static string UpperCase(string text)
    {
        nint native = Marshal.StringToHGlobalUni(text);
        try
        {
            char* letters = (char*)native;
            for (int i = 0; i < text.Length; i++)
                letters[i] = char.ToUpperInvariant(letters[i]);
            return new string(letters, 0, text.Length);
        }
        finally
        {
            Marshal.FreeHGlobal(native);
        }
    }

    public static string Reverse(ReadOnlySpan<byte> ascii)
    {
        byte* copy = (byte*)NativeMemory.Alloc((nuint)ascii.Length + 1);
        try
        {
            for (int i = 0; i < ascii.Length; i++)
                copy[ascii.Length - 1 - i] = ascii[i];
            return Encoding.ASCII.GetString(copy, ascii.Length);
        }
        finally
        {
            NativeMemory.Free(copy);
        }
    }

    public static byte Largest(string path)
    {
        using var file = MemoryMappedFile.CreateFromFile(path);
        using MemoryMappedViewAccessor view = file.CreateViewAccessor();
        SafeBuffer buffer = view.SafeMemoryMappedViewHandle;
        byte* start = null;
        byte largest = 0;
        try
        {
            buffer.AcquirePointer(ref start);
            for (long i = 0; i < view.Capacity; i++)
                largest = Math.Max(largest, start[i]);
        }
        finally
        {
            if (start != null)
                buffer.ReleasePointer();
        }

        return largest;
    }

    public static bool IsOpen(SafeHandle handle)
    {
        bool counted = false;
        try
        {
            handle.DangerousAddRef(ref counted);
            return handle.DangerousGetHandle() != -1;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            if (counted)
                handle.DangerousRelease();
        }
    }
}
