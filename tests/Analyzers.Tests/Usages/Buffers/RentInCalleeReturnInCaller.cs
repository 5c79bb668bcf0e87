// A helper rents and hands the array out with its length; the caller gives it back.
using System.Buffers;
using System.Text;

namespace Usages.Buffers;

internal static class Utf8Keys
{
    public static int Hash(string key)
    {
        byte[] bytes = Encode(key, out int length);
        try
        {
            var hash = new HashCode();
            hash.AddBytes(bytes.AsSpan(0, length));
            return hash.ToHashCode();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static byte[] Encode(string key, out int length)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(key.Length));
        length = Encoding.UTF8.GetBytes(key, bytes);
        return bytes;
    }
}
