// The owner of the memory goes to the message; on a failure before that it is disposed of.
using System.Buffers;

namespace Usages.Buffers;

internal sealed class Message(IMemoryOwner<byte> owner, int length) : IDisposable
{
    public ReadOnlyMemory<byte> Body => owner.Memory[..length];

    public void Dispose() => owner.Dispose();
}

internal sealed class MessageReader(Stream stream, MemoryPool<byte> pool)
{
    public async ValueTask<Message> ReadAsync(int length)
    {
        IMemoryOwner<byte> owner = pool.Rent(length);
        try
        {
            await stream.ReadExactlyAsync(owner.Memory[..length]);
            return new Message(owner, length);
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }
}
