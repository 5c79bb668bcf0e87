namespace MmapAnalyzers.Tests.BuiltIn;

public sealed class HandlesAndPointersTests
{
    /// <summary>What is in scope, what takes, what gives back.</summary>
    public static TheoryData<string, string, string> Pairs => new()
    {
        { "SafeHandle handle", "bool added = false; [|handle.DangerousAddRef(ref added)|];", "handle.DangerousRelease();" },
        { "FileStream stream", "bool added = false; [|stream.SafeFileHandle.DangerousAddRef(ref added)|];", "stream.SafeFileHandle.DangerousRelease();" },
        { "MemoryMappedFile file", "bool added = false; [|file.SafeMemoryMappedFileHandle.DangerousAddRef(ref added)|];", "file.SafeMemoryMappedFileHandle.DangerousRelease();" },
        { "SafeBuffer buffer", "byte* at = null; [|buffer.AcquirePointer(ref at)|];", "buffer.ReleasePointer();" },
        { "MemoryMappedViewAccessor view", "byte* at = null; [|view.SafeMemoryMappedViewHandle.AcquirePointer(ref at)|];", "view.SafeMemoryMappedViewHandle.ReleasePointer();" },
        { "MemoryMappedViewStream view", "byte* at = null; [|view.SafeMemoryMappedViewHandle.AcquirePointer(ref at)|];", "view.SafeMemoryMappedViewHandle.ReleasePointer();" },
        { "object target", "GCHandle handle = [|GCHandle.Alloc(target)|];", "handle.Free();" },
        { "object target", "GCHandle handle = [|GCHandle.Alloc(target, GCHandleType.Pinned)|];", "handle.Free();" },
        { "object target", "nint number = GCHandle.ToIntPtr([|GCHandle.Alloc(target)|]);", "GCHandle.FromIntPtr(number).Free();" },
        { "object target", "nint number = (nint)[|GCHandle.Alloc(target)|];", "((GCHandle)number).Free();" },
        { "object target", "var handle = [|new GCHandle<object>(target)|];", "handle.Dispose();" },
        { "byte[] array", "var handle = [|new PinnedGCHandle<byte[]>(array)|];", "handle.Dispose();" },
        { "object target", "var handle = [|new WeakGCHandle<object>(target)|];", "handle.Dispose();" },
        { "object target", "var handle = [|new WeakGCHandle<object>(target, trackResurrection: true)|];", "handle.Dispose();" },
    };

    /// <summary>What is in scope, what takes, what needs the unit, what gives back.</summary>
    public static TheoryData<string, string, string, string> Uses => new()
    {
        { "byte[] array", "GCHandle handle = GCHandle.Alloc(array, GCHandleType.Pinned);", "_ = {|MMAP4003:handle.AddrOfPinnedObject()|};", "handle.Free();" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public Task One_way_out_keeps_the_handle(string scope, string take, string give) => RowVerdict.Is(RowProgram.Lost(scope, take, give));

    [Theory, MemberData(nameof(Pairs))]
    public Task Every_way_out_gives_the_handle_back(string scope, string take, string give) => RowVerdict.IsSilent(RowProgram.Right(scope, take, give));

    [Theory, MemberData(nameof(Uses))]
    public Task The_handle_is_needed_after_it_was_freed(string scope, string take, string use, string give) => RowVerdict.Is(RowProgram.Late(scope, take, use, give));

    [Theory, MemberData(nameof(Uses))]
    public Task The_handle_is_needed_before_it_is_freed(string scope, string take, string use, string give) => RowVerdict.IsSilent(RowProgram.InTime(scope, take, use, give));
}
