using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class LinuxKernel
{
    /// <summary>Allocates memory for an object (<c>kmalloc</c>): a power of two, 32 bytes to 128 KB, uncleared. Its pages are not counted for the driver.</summary>
    /// <param name="size">The bytes needed.</param>
    /// <returns>The logical address, or <see cref="KernelAddress.Null"/> when memory is exhausted or the size too large.</returns>
    public KernelAddress Kmalloc(int size)
    {
        using KernelLock.Held held = Lock.Enter();
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return new KernelAddress(_kmalloc.Allocate(size));
    }

    /// <summary>Frees what <see cref="Kmalloc"/> gave (<c>kfree</c>). Null is nothing to do; any other address only earns a message in the log.</summary>
    /// <param name="address">The address.</param>
    public void Kfree(KernelAddress address)
    {
        using KernelLock.Held held = Lock.Enter();
        if (!address.IsNull && !_kmalloc.Free(address.Value))
            Printk($"kfree of non-kmalloced memory: {address}");
    }

    /// <summary>Allocates memory that is contiguous for the kernel only, whole pages, uncleared (<c>vmalloc</c>). The page after it stays unmapped.</summary>
    /// <param name="size">The bytes needed.</param>
    /// <returns>A <c>vmalloc</c> address, which is no logical one, or <see cref="KernelAddress.Null"/>.</returns>
    public KernelAddress Vmalloc(ulong size)
    {
        using KernelLock.Held held = Lock.Enter();
        return new(_vmalloc.Allocate(size));
    }

    /// <summary>Frees what <see cref="Vmalloc"/> gave (<c>vfree</c>). Null is nothing to do; any other address only earns a message in the log.</summary>
    /// <param name="address">The address.</param>
    public void Vfree(KernelAddress address)
    {
        using KernelLock.Held held = Lock.Enter();
        if (!address.IsNull && !_vmalloc.Free(address.Value))
            Printk($"Trying to vfree() nonexistent vm area ({address})");
    }

    /// <summary>Gives the kernel addresses for a device (<c>vremap</c>); loads and stores there reach it. <see cref="Vfree"/> takes them back.</summary>
    /// <param name="physical">Where the device starts on the bus: a page above all memory.</param>
    /// <param name="size">The bytes needed, rounded up to pages.</param>
    /// <returns>A <c>vmalloc</c> address, or <see cref="KernelAddress.Null"/>: memory, inside a page, nothing asked for, no room or no memory for a table.</returns>
    public KernelAddress Vremap(PhysicalAddress physical, ulong size)
    {
        using KernelLock.Held held = Lock.Enter();
        return new(_vmalloc.Remap(physical.Value, size));
    }

    /// <summary>Reads a value at a logical or <c>vmalloc</c> address.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="address">Where it starts, aligned or not.</param>
    /// <exception cref="KernelOopsException">Nothing is there.</exception>
    public T Read<T>(KernelAddress address)
        where T : unmanaged
    {
        using KernelLock.Held held = Lock.Enter();
        return _memory.Read<T>(address.Value);
    }

    /// <summary>Writes a value at a logical or <c>vmalloc</c> address.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="address">Where it starts, aligned or not.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="KernelOopsException">Nothing is there.</exception>
    public void Write<T>(KernelAddress address, T value)
        where T : unmanaged
    {
        using KernelLock.Held held = Lock.Enter();
        _memory.Write(address.Value, value);
    }

    /// <summary>The bytes themselves at a logical or <c>vmalloc</c> address, for reading and writing.</summary>
    /// <param name="address">The first byte.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="KernelOopsException">Not all of them are there.</exception>
    /// <exception cref="ArgumentException">They lie in frames that are not neighbours, as those of a <c>vmalloc</c> area may: ask page by page, or copy.</exception>
    public Span<byte> Access(KernelAddress address, int length)
    {
        using KernelLock.Held held = Lock.Enter();
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return _memory.Access(address.Value, length);
    }

    /// <summary>Copies bytes from a logical or <c>vmalloc</c> address, across pages.</summary>
    /// <param name="source">The first byte.</param>
    /// <param name="destination">Where they go; its length says how many.</param>
    /// <exception cref="KernelOopsException">Not all of them are there; those before are copied.</exception>
    public void CopyFrom(KernelAddress source, Span<byte> destination)
    {
        using KernelLock.Held held = Lock.Enter();
        _memory.CopyOut(source.Value, destination);
    }

    /// <summary>Copies bytes to a logical or <c>vmalloc</c> address, across pages.</summary>
    /// <param name="destination">Where the first byte goes.</param>
    /// <param name="source">The bytes.</param>
    /// <exception cref="KernelOopsException">Not all of the target is there; what is before is copied.</exception>
    public void CopyTo(KernelAddress destination, ReadOnlySpan<byte> source)
    {
        using KernelLock.Held held = Lock.Enter();
        _memory.CopyIn(destination.Value, source);
    }
}
