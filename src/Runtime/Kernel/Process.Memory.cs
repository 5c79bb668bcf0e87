using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Faults of one access before it is given up: a page that comes, is copied and is still refused will be refused for ever.</summary>
    private const int FaultLimit = 4;

    /// <summary>Loads a value (an instruction of the program). It may fault and call the driver's <c>nopage</c>.</summary>
    /// <typeparam name="T">The type of the value; from a device 1, 2, 4 and 8 aligned bytes are one access.</typeparam>
    /// <param name="address">Where it starts, aligned or not.</param>
    /// <exception cref="SignalException"><see cref="Signal.SIGSEGV"/>: nothing readable there; <see cref="Signal.SIGBUS"/>: the driver has no page; <see cref="Signal.SIGKILL"/>: memory is exhausted.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Load<T>(UserAddress address)
        where T : unmanaged
    {
        ulong key = _tlb.LoadKey;
        if (_tlb.TryLoad(key, address.Value, Unsafe.SizeOf<T>(), out nuint host))
        {
            T value = Unsafe.ReadUnaligned<T>(ref Byte(host));
            GC.KeepAlive(this);
            if (_tlb.LoadKey == key)
                return value;
        }

        return LoadSlowly<T>(address);
    }

    /// <summary>Stores a value (an instruction of the program). It may fault, call the driver's <c>nopage</c>, and copy a private page.</summary>
    /// <typeparam name="T">The type of the value; to a device 1, 2, 4 and 8 aligned bytes are one access.</typeparam>
    /// <param name="address">Where it starts, aligned or not.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="SignalException">
    /// <see cref="Signal.SIGSEGV"/>: nothing writable there; <see cref="Signal.SIGBUS"/>: the driver has no page; <see cref="Signal.SIGKILL"/>: memory is
    /// exhausted, or a private page is a device's and cannot be copied. Nothing was stored then.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<T>(UserAddress address, T value)
        where T : unmanaged
    {
        _tlb.BeginStore();
        if (_tlb.TryStore(address.Value, Unsafe.SizeOf<T>(), out nuint host))
        {
            Unsafe.WriteUnaligned(ref Byte(host), value);
            _tlb.EndStore();
            GC.KeepAlive(this);
            return;
        }

        StoreSlowly(address, value);
    }

    /// <summary>Fetches an instruction word, as the processor does before it executes it: where execution is a right of its own, that right is needed.</summary>
    /// <typeparam name="T">The type of the word.</typeparam>
    /// <param name="address">Where it starts.</param>
    /// <exception cref="SignalException">As <see cref="Load"/>.</exception>
    public T Fetch<T>(UserAddress address)
        where T : unmanaged
    {
        T value = default;
        Transfer(address.Value, MemoryMarshal.AsBytes(new Span<T>(ref value)), Access.Fetch);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte Byte(nuint host) => ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), host);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T LoadSlowly<T>(UserAddress address)
        where T : unmanaged
    {
        T value = default;
        Transfer(address.Value, MemoryMarshal.AsBytes(new Span<T>(ref value)), Access.Load);
        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StoreSlowly<T>(UserAddress address, T value)
        where T : unmanaged
    {
        _tlb.EndStore();
        StoreBytes(address.Value, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
    }

    private void StorePieces(ulong address, ReadOnlySpan<byte> bytes)
    {
        // The processor checks the last byte before it writes the first one.
        int size = bytes.Length;
        if (PieceOf(address, size) < size)
            Translate(address + (ulong)size - 1, Access.Store);
        for (int done = 0; done < size;)
        {
            int length = PieceOf(address + (ulong)done, size - done);
            _memory.Write(Translate(address + (ulong)done, Access.Store), bytes.Slice(done, length));
            done += length;
        }
    }

    private void TransferPieces(ulong address, Span<byte> destination, Access access)
    {
        while (!destination.IsEmpty)
        {
            int length = PieceOf(address, destination.Length);
            TransferPiece(address, destination[..length], access);
            destination = destination[length..];
            address += (ulong)length;
        }
    }

    private void TransferPiece(ulong address, Span<byte> piece, Access access)
    {
        using KernelLock.Held held = _kernel.Lock.Enter();
        _memory.Read(Translate(address, access), piece);
    }

    private int PieceOf(ulong address, int length)
    {
        ulong left = (ulong)_kernel.Profile.PageSize - (address & _kernel.Profile.OffsetMask);
        return (int)Math.Min(left, (ulong)length);
    }

    private ulong Translate(ulong address, Access access)
    {
        for (int faults = 0; ; faults++)
        {
            FaultCode code = _kernel.Hardware.Mmu.Translate(_space.Directory, address, access, out ulong physical);
            if (code == FaultCode.None)
            {
                Remember(address, physical, access);
                return physical;
            }

            Signal signal = Fault(address, access, code);
            if (signal == Signal.None && faults == FaultLimit)
                signal = Signal.SIGSEGV;
            if (signal != Signal.None)
                throw Signalled(signal, address, access);
        }
    }

    /// <summary>Has the next access of the kind find the page without the kernel, except where all are to be seen.</summary>
    private void Remember(ulong address, ulong physical, Access access)
    {
        if (access != Access.Fetch && _memory.IsMemory(physical) && _kernel.Tracer is not { RecordsEveryAccess: true })
            _tlb.Fill(address, (nuint)_memory.HostAddress(physical), access == Access.Store);
    }

    private Signal Fault(ulong address, Access access, FaultCode code) => (Signal)RunLocked(
        (address, access, code),
        static (process, fault) => (long)process._kernel.Vm.Faults.Handle(process.AddressSpace, fault.address, fault.access, fault.code));

    private SignalException Signalled(Signal signal, ulong address, Access access)
    {
        _kernel.Tracer?.Signal(Pid, signal, address);
        if (signal == Signal.SIGKILL)
            Exit();
        string did = access == Access.Store ? "stored" : access == Access.Load ? "loaded" : "fetched";
        return new SignalException(signal, new UserAddress(address), null, $"{signal}: process {Pid} {did} at {address:x8}");
    }
}
