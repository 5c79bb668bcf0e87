using System.Runtime.InteropServices;
using MmapAnalyzers.Annotations;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class LinuxKernel
{
    private AddressSpace UserSpace =>
        Running?.AddressSpace ?? throw new InvalidOperationException("User memory is that of the current process, and there is none.");

    /// <summary>Asks whether the <em>current</em> process may have the kernel read or write a range of its memory (<c>verify_area</c>).</summary>
    /// <remarks>Only the areas are looked at. Whether there are pages shows when they are copied.</remarks>
    /// <param name="type">For what.</param>
    /// <param name="address">The first address.</param>
    /// <param name="size">How many bytes; none are always right.</param>
    /// <returns><see cref="Errno.None"/>, or <see cref="Errno.EFAULT"/> for a hole or an area without the permission.</returns>
    /// <exception cref="InvalidOperationException">There is no current process.</exception>
    [return: MustCheck]
    public Errno VerifyArea(VerifyType type, UserAddress address, ulong size)
    {
        using KernelLock.Held held = Lock.Enter();
        return Vm.UserAccess.Verify(UserSpace, type, address.Value, size);
    }

    /// <summary>Copies bytes from the <em>current</em> process (<c>memcpy_fromfs</c>), with the faults of a load: <c>nopage</c> may be called.</summary>
    /// <remarks>
    /// A page that its driver does not have reads as junk, and the process gets <c>SIGBUS</c> when the system call is over. When memory is exhausted the
    /// process is killed then, and what was not copied yet stays as it was.
    /// </remarks>
    /// <param name="source">The first byte.</param>
    /// <param name="destination">Where they go; its length says how many.</param>
    /// <exception cref="KernelOopsException">No area there, or one without the permission: <see cref="VerifyArea"/> would have said so.</exception>
    /// <exception cref="InvalidOperationException">There is no current process, or it is in the middle of a call that holds its address space, as in <c>mmap</c> and <c>nopage</c>.</exception>
    public void CopyFromUser(UserAddress source, Span<byte> destination)
    {
        using KernelLock.Held held = Lock.Enter();
        Vm.UserAccess.Read(UserSpace, source.Value, destination);
    }

    /// <summary>Copies bytes to the <em>current</em> process (<c>memcpy_tofs</c>), with the faults of a store: <c>nopage</c> may be called, a private page is copied.</summary>
    /// <remarks>As <see cref="CopyFromUser"/>; what goes to a page that its driver does not have is lost.</remarks>
    /// <param name="destination">Where the first byte goes.</param>
    /// <param name="source">The bytes.</param>
    /// <exception cref="KernelOopsException">No area there, or one without the permission: <see cref="VerifyArea"/> would have said so.</exception>
    /// <exception cref="InvalidOperationException">There is no current process, or it is in the middle of a call that holds its address space, as in <c>mmap</c> and <c>nopage</c>.</exception>
    public void CopyToUser(UserAddress destination, ReadOnlySpan<byte> source)
    {
        using KernelLock.Held held = Lock.Enter();
        Vm.UserAccess.Write(UserSpace, destination.Value, source);
    }

    /// <summary>Reads a value of the <em>current</em> process (<c>get_user</c>); as <see cref="CopyFromUser"/>.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="address">Where it starts, aligned or not.</param>
    public T GetUser<T>(UserAddress address)
        where T : unmanaged
    {
        using KernelLock.Held held = Lock.Enter();
        T value = default;
        CopyFromUser(address, MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <summary>Writes a value to the <em>current</em> process (<c>put_user</c>); as <see cref="CopyToUser"/>.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="address">Where it starts, aligned or not.</param>
    public void PutUser<T>(T value, UserAddress address)
        where T : unmanaged
    {
        using KernelLock.Held held = Lock.Enter();
        CopyToUser(address, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
    }
}
