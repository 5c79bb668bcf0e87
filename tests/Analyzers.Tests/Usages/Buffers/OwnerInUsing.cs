// Memory of a pool in a using declaration, passed to asynchronous calls.
using System.Buffers;
using System.Security.Cryptography;

namespace Usages.Buffers;

internal static class Checksums
{
    public static async Task<string> OfAsync(Stream stream, CancellationToken cancellation)
    {
        using IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(8192);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Memory<byte> memory = owner.Memory;
        int read;
        while ((read = await stream.ReadAsync(memory, cancellation)) > 0)
            hash.AppendData(memory.Span[..read]);
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
