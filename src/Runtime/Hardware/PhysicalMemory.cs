using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MmapAnalyzers.Runtime.Hardware;

/// <summary>The memory of a machine as the bus sees it: one block of frames from address zero, and devices above it.</summary>
[DebuggerDisplay("{Size >> 10} KiB")]
public sealed class PhysicalMemory
{
    private readonly byte[] _frames;

    // Where address zero is in the array: at the start of a page of the host, for whole pages are copied and cleared.
    private readonly int _origin;
    private readonly MachineProfile _profile;
    private readonly Bus _bus;

    internal PhysicalMemory(MachineProfile profile, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((ulong)size & profile.OffsetMask, 0UL, nameof(size));
        _profile = profile;
        _frames = GC.AllocateArray<byte>((int)size + profile.PageSize - 1, pinned: true);
        _origin = (int)(-(long)Marshal.UnsafeAddrOfPinnedArrayElement(_frames, 0) & (long)profile.OffsetMask);
        Size = (ulong)size;
        _bus = new Bus(profile);
    }

    /// <summary>The bytes of memory; devices have addresses beyond.</summary>
    public ulong Size { get; }

    /// <summary>The frames that memory consists of.</summary>
    public int FrameCount => (int)(Size >> _profile.PageShift);

    /// <summary>Reads a value from memory or from the device at <paramref name="address"/>; where nothing is, all bits are ones.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="address">Where it starts, aligned or not.</param>
    public T Read<T>(PhysicalAddress address)
        where T : unmanaged
    {
        T value = default;
        Read(address.Value, MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <summary>Writes a value to memory or to the device at <paramref name="address"/>; where nothing is, it is lost.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="address">Where it starts, aligned or not.</param>
    /// <param name="value">The value.</param>
    public void Write<T>(PhysicalAddress address, T value)
        where T : unmanaged
    {
        Write(address.Value, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
        if (IsMemory(address.Value))
            WrittenByDevice?.Invoke((int)(address.Value >> _profile.PageShift));
    }

    /// <summary>Told the frame that a device has written to.</summary>
    internal Action<int>? WrittenByDevice { get; set; }

    internal PhysicalAddress AddRegion(ulong size, IMmioHandler handler) => new(_bus.Add(size, handler));

    /// <summary>Whether one device answers all of a range.</summary>
    internal bool IsDevice(ulong address, ulong size) => _bus.Find(address) is { } region && size <= region.Base + region.Size - address;

    internal bool IsMemory(ulong address) => address < Size;

    /// <summary>The byte at an address that is known to lie in memory: no check on the hot path.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref byte At(ulong address) => ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(_frames), (nuint)_origin + (nuint)address);

    /// <summary>Where the host has a byte that is known to lie in memory. Who uses it keeps the machine alive.</summary>
    internal ulong HostAddress(ulong address) => (ulong)Marshal.UnsafeAddrOfPinnedArrayElement(_frames, _origin) + address;

    internal Span<byte> Bytes(ulong address, int length) => _frames.AsSpan(_origin + (int)address, length);

    internal Span<byte> Frame(int number) => Bytes((ulong)number << _profile.PageShift, _profile.PageSize);

    internal void Read(ulong address, Span<byte> destination)
    {
        if (address < Size && (ulong)destination.Length <= Size - address)
            Bytes(address, destination.Length).CopyTo(destination);
        else
            _bus.Read(address, destination);
    }

    internal void Write(ulong address, ReadOnlySpan<byte> source)
    {
        if (address < Size && (ulong)source.Length <= Size - address)
            source.CopyTo(Bytes(address, source.Length));
        else
            _bus.Write(address, source);
    }
}
