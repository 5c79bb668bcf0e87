using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MmapAnalyzers.Runtime.Hardware;
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
        where T : unmanaged =>
        _tlb.TryLoad(AddressSpace.TlbContext, address.Value, Unsafe.SizeOf<T>(), out ulong physical)
            ? Unsafe.ReadUnaligned<T>(ref _memory.At(physical))
            : LoadSlowly<T>(address);

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
        if (_tlb.TryStore(AddressSpace.TlbContext, address.Value, Unsafe.SizeOf<T>(), out ulong physical))
            Unsafe.WriteUnaligned(ref _memory.At(physical), value);
        else
            StoreSlowly(address, value);
    }

    /// <summary>Loads bytes, across pages; from a device in the largest aligned pieces.</summary>
    /// <param name="source">The first byte.</param>
    /// <param name="destination">Where they go; its length says how many.</param>
    /// <exception cref="SignalException">As <see cref="Load"/>; the bytes before the page that faulted are there.</exception>
    public void CopyFrom(UserAddress source, Span<byte> destination)
    {
        ulong address = source.Value;
        while (!destination.IsEmpty)
        {
            int piece = PieceOf(address, destination.Length);
            _memory.Read(Translate(address, write: false), destination[..piece]);
            destination = destination[piece..];
            address += (ulong)piece;
        }
    }

    /// <summary>Stores bytes, across pages; to a device in the largest aligned pieces.</summary>
    /// <param name="destination">Where the first byte goes.</param>
    /// <param name="source">The bytes.</param>
    /// <exception cref="SignalException">As <see cref="Store"/>; the pages before the one that faulted are written.</exception>
    public void CopyTo(UserAddress destination, ReadOnlySpan<byte> source)
    {
        ulong address = destination.Value;
        while (!source.IsEmpty)
        {
            int piece = PieceOf(address, source.Length);
            _memory.Write(Translate(address, write: true), source[..piece]);
            source = source[piece..];
            address += (ulong)piece;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private T LoadSlowly<T>(UserAddress address)
        where T : unmanaged
    {
        T value = default;
        CopyFrom(address, MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StoreSlowly<T>(UserAddress address, T value)
        where T : unmanaged
    {
        // The processor checks the last byte before it writes the first one.
        int size = Unsafe.SizeOf<T>();
        if (PieceOf(address.Value, size) < size)
            Translate(address.Value + (ulong)size - 1, write: true);
        CopyTo(address, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
    }

    private int PieceOf(ulong address, int length)
    {
        ulong left = (ulong)_kernel.Profile.PageSize - (address & _kernel.Profile.OffsetMask);
        return (int)Math.Min(left, (ulong)length);
    }

    private ulong Translate(ulong address, bool write)
    {
        for (int faults = 0; ; faults++)
        {
            FaultCode code = _kernel.Hardware.Mmu.Translate(AddressSpace.Directory, AddressSpace.TlbContext, address, write, out ulong physical);
            if (code == FaultCode.None)
                return physical;
            Signal signal = Fault(address, write, code);
            if (signal == Signal.None && faults == FaultLimit)
                signal = Signal.SIGSEGV;
            if (signal != Signal.None)
                throw Signalled(signal, address, write);
        }
    }

    private Signal Fault(ulong address, bool write, FaultCode code) => (Signal)RunLocked(
        (address, write, code),
        static (process, fault) => (long)process._kernel.Vm.Faults.Handle(process.AddressSpace, fault.address, fault.write, fault.code));

    private SignalException Signalled(Signal signal, ulong address, bool write)
    {
        if (signal == Signal.SIGKILL)
            Exit();
        return new SignalException(signal, new UserAddress(address), null, $"{signal}: process {Pid} {(write ? "stored" : "loaded")} at {address:x8}");
    }
}
