namespace MmapAnalyzers.Tests.BuiltIn;

public sealed class BuffersTests
{
    /// <summary>What is in scope, what takes, what gives back.</summary>
    public static TheoryData<string, string, string> Pairs => new()
    {
        { "ArrayPool<byte> pool", "byte[] array = [|pool.Rent(16)|];", "pool.Return(array);" },
        { "ArrayPool<byte> pool", "byte[] array = [|ArrayPool<byte>.Shared.Rent(16)|];", "ArrayPool<byte>.Shared.Return(array, clearArray: true);" },
        { "MemoryPool<byte> pool", "IMemoryOwner<byte> owner = [|pool.Rent(16)|];", "owner.Dispose();" },
        { "Memory<byte> memory", "MemoryHandle pin = [|memory.Pin()|];", "pin.Dispose();" },
        { "ReadOnlyMemory<byte> memory", "MemoryHandle pin = [|memory.Pin()|];", "pin.Dispose();" },
        { "MemoryManager<byte> manager", "[|manager.Pin(0)|];", "manager.Unpin();" },
        { "MemoryManager<byte> manager", "MemoryHandle pin = [|manager.Pin(0)|];", "pin.Dispose();" },
        { "IPinnable pinnable", "[|pinnable.Pin(0)|];", "pinnable.Unpin();" },
        { "IPinnable pinnable", "MemoryHandle pin = [|pinnable.Pin(0)|];", "pin.Dispose();" },
    };

    /// <summary>What is in scope, what takes, what needs the unit, what gives back.</summary>
    public static TheoryData<string, string, string, string> Uses => new()
    {
        { "MemoryPool<byte> pool", "IMemoryOwner<byte> owner = pool.Rent(16);", "{|MMAP4003:Stream.Null.Write(owner.Memory.Span)|};", "owner.Dispose();" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public Task One_way_out_keeps_the_buffer(string scope, string take, string give) => RowVerdict.Is(RowProgram.Lost(scope, take, give));

    [Theory, MemberData(nameof(Pairs))]
    public Task Every_way_out_gives_the_buffer_back(string scope, string take, string give) => RowVerdict.IsSilent(RowProgram.Right(scope, take, give));

    [Theory, MemberData(nameof(Uses))]
    public Task The_buffer_is_needed_after_it_was_given_back(string scope, string take, string use, string give) => RowVerdict.Is(RowProgram.Late(scope, take, use, give));

    [Theory, MemberData(nameof(Uses))]
    public Task The_buffer_is_needed_before_it_is_given_back(string scope, string take, string use, string give) => RowVerdict.IsSilent(RowProgram.InTime(scope, take, use, give));
}
