// The Try pattern: the array goes out on success and back to the pool on failure.
using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Usages.Buffers;

internal static class PacketReader
{
    public static bool TryRead(Stream stream, int length, [NotNullWhen(true)] out byte[]? packet)
    {
        packet = null;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        int filled = 0;
        while (filled < length)
        {
            int read = stream.Read(buffer, filled, length - filled);
            if (read == 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                return false;
            }

            filled += read;
        }

        packet = buffer;
        return true;
    }

    public static void Release(byte[] packet) => ArrayPool<byte>.Shared.Return(packet);
}
