using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Tests.Protocols;

/// <summary>What the built-in texts say of calls as programs write them.</summary>
public sealed class BuiltInBindingTests
{
    private const string Resources =
        """
        using System.Buffers; using System.IO.MemoryMappedFiles; using System.Runtime.InteropServices; using System.Threading; using System.Threading.Tasks;
        unsafe class User { object Use({0}) => {1}; }
        """;

    [Theory]
    [InlineData("ArrayPool<byte> pool", "pool.Rent(8)", "Acquire pool-buffer Return Always")]
    [InlineData("ArrayPool<byte> pool, byte[] array", "pool.Return(array)", "Release pool-buffer Argument Always")]
    [InlineData("IMemoryOwner<byte> owner", "owner.Dispose()", "Release pool-memory Receiver Always")]
    [InlineData("ReadOnlyMemory<char> memory", "memory.Pin()", "Acquire memory-pin Return Always")]
    [InlineData("MemoryManager<char> manager", "manager.Unpin()", "Release manager-pin Receiver Always")]
    [InlineData("MemoryHandle handle", "handle.Dispose()", "Release memory-pin Receiver Always, Release manager-pin Receiver Always")]
    [InlineData("SafeHandle handle, ref bool added", "handle.DangerousAddRef(ref added)", "Acquire handle-reference Receiver True")]
    [InlineData("SafeBuffer buffer, ref byte* at", "buffer.AcquirePointer(ref at)", "Acquire buffer-pointer Receiver NonNull")]
    [InlineData("GCHandle handle", "handle.Free()", "Release gc-handle Receiver Always")]
    [InlineData("nint at", "Marshal.ReAllocHGlobal(at, 8)", "Acquire global-memory Return Always, Release global-memory Argument Always")]
    [InlineData("void* at", "NativeMemory.AlignedFree(at)", "Release aligned-memory Argument Always")]
    [InlineData("nint unknown, Guid id, out nint other", "Marshal.QueryInterface(unknown, in id, out other)", "Acquire com-reference Argument NonNegative, Borrow com-reference Argument Always")]
    [InlineData("object gate", "Monitor.TryEnter(gate, 5)", "Acquire monitor Argument True")]
    [InlineData("object gate, ref bool taken", "Monitor.TryEnter(gate, 5, ref taken)", "Acquire monitor Argument True")]
    [InlineData("Lock gate", "gate.EnterScope()", "Acquire lock Receiver Always")]
    [InlineData("ReaderWriterLockSlim gate", "gate.TryEnterUpgradeableReadLock(5)", "Acquire upgradeable-lock Receiver True")]
    [InlineData("SemaphoreSlim gate", "gate.Wait(5)", "Acquire semaphore Receiver True")]
    [InlineData("SemaphoreSlim gate", "gate.WaitAsync(5)", "Acquire semaphore Receiver True")]
    [InlineData("SemaphoreSlim gate", "gate.WaitAsync(default(CancellationToken))", "Acquire semaphore Receiver Always")]
    [InlineData("SemaphoreSlim gate", "gate.Release(2)", "Pin semaphore Receiver Always")]
    [InlineData("Mutex gate", "gate.WaitOne()", "Acquire mutex Receiver True")]
    [InlineData("Semaphore gate", "gate.WaitOne(5)", "Acquire system-semaphore Receiver True")]
    [InlineData("EventWaitHandle gate", "gate.WaitOne(5)", "")]
    [InlineData("MemoryMappedFile file", "file.CreateViewStream(0, 8)", "Acquire mapped-view Return Always")]
    [InlineData("MemoryMappedViewAccessor view", "view.Dispose()", "Release mapped-view Receiver Always")]
    [InlineData("MemoryMappedViewStream view", "view.Dispose()", "Release mapped-view Receiver Always")]
    [InlineData("System.IO.Stream stream", "stream.Dispose()", "")]
    public void A_call_has_effects(string parameters, string call, string effects) =>
        Assert.Equal(effects, Text(new Binding(Resources.Replace("{0}", parameters).Replace("{1}", call)).OfCall()));

    [Theory]
    [InlineData("libc", "nint mmap(nint at, nint length, int prot, int flags, int fd, nint offset)", "Acquire mapping Return IsNot -1, Borrow descriptor Argument Always")]
    [InlineData("libc.so.6", "int munmap(nint at, nint length)", "Release mapping Argument Always, Pin memory-lock Argument Always")]
    [InlineData("libSystem.Native", "nint SystemNative_MMap(nint at, ulong length, int prot, int flags, int fd, long offset)", "Acquire mapping Return NonZero, Borrow descriptor Argument Always")]
    [InlineData("MonoPosixHelper", "int Mono_Posix_Syscall_munmap(nint at, ulong length)", "Release mapping Argument Always")]
    [InlineData("kernel32.dll", "bool VirtualFree(nint at, nuint size, uint kind)", "Release reservation Argument Always, Pin page-lock Argument Always")]
    [InlineData("kernel32", "bool VirtualLock(nint at, nuint size)", "Borrow reservation Argument Always, Borrow file-view Argument Always, Acquire page-lock Argument True")]
    [InlineData("KernelBase.dll", "int VirtualUnlock(nint at, nuint size)", "Borrow reservation Argument Always, Release page-lock Argument Always")]
    [InlineData("libc", "int open(string path, int flags)", "Acquire descriptor Return NonNegative")]
    [InlineData("libc", "Microsoft.Win32.SafeHandles.SafeFileHandle open(string path, int flags)", "")]
    [InlineData("libc", "int close(SafeHandle handle)", "")]
    public void An_import_has_effects(string library, string function, string effects)
    {
        var name = function[..function.IndexOf('(')].Split(' ')[^1];

        Assert.Equal(effects, Text(new Binding($$"""static class Native { [DllImport("{{library}}")] public static extern {{function}}; }""").Of("Native", name)));
    }

    [Theory]
    [InlineData(0L, 0x3000L, 1)]
    [InlineData(0L, 0x1000L, 1)]
    [InlineData(0x10000L, 0x2000L, 1)]
    [InlineData(0x10000L, 0x1000L, 0)]
    public void Committing_reserved_space_takes_none(long address, long kind, int acquired)
    {
        var effects = new Binding("""static class Native { [DllImport("kernel32")] public static extern nint VirtualAlloc(nint at, nuint size, uint kind, uint protection); }""")
            .Of("Native", "VirtualAlloc").Effects;

        Assert.Equal(acquired, effects.Count(effect => effect.Applies(ordinal => ordinal == 0 ? address : kind)));
    }

    [Fact]
    public void The_length_of_a_mapping_is_paired() =>
        Assert.Equal(1, new Binding("""static class Native { [DllImport("libc")] public static extern int munmap(nint at, nint length); }""").Of("Native", "munmap").Effects[0].PairedOrdinal);

    [Theory]
    [InlineData("System.Threading.Tasks.Task`1", "ConfigureAwait")]
    [InlineData("System.Threading.Tasks.ValueTask", "AsTask")]
    public void Awaiting_otherwise_is_awaiting_the_same(string type, string member)
    {
        var binding = new Binding("");

        Assert.All(binding.Members(type, member), overload => Assert.Equal(MemberProtocol.AliasOfReceiver, binding.Protocols.Get(overload).AliasOrdinal));
    }

    [Fact]
    public void The_null_pointer_is_null() => Assert.True(new Binding("").Of("System.IntPtr", "Zero").IsNullValue);

    [Fact]
    public void What_throws_nothing() => Assert.True(new Binding("").Of("System.GC", "KeepAlive").ThrowsNothing);

    [Fact]
    public void Resources_have_nouns() => Assert.Equal(new CountedResource("pool-buffer", "the rented array", IsCollected: true) { IsValue = true }, new Binding("").Protocols.Describe("pool-buffer"));

    [Fact]
    public void Without_an_attribute_there_is_no_role() =>
        Assert.False(ProtocolBinder.Create(Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create("Program", references: Basic.Reference.Assemblies.Net100.References.All)).HasAttributes);

    private static string Text(MemberProtocol protocol) =>
        string.Join(", ", protocol.Effects.Select(effect => $"{effect.Kind} {effect.Resource} {effect.Target} {effect.When}{(effect.WhenConstant == 0 ? "" : $" {effect.WhenConstant}")}"));
}
