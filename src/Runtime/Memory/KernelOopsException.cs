using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Kernel code did what the kernel dies of: it used an address that is none, or memory that is not its own.</summary>
/// <remarks>Thrown inside a driver's method it ends that method as an oops of the machine; elsewhere it reaches the caller.</remarks>
public sealed class KernelOopsException : Exception
{
    internal KernelOopsException(string message)
        : base(message)
    {
    }

    internal static KernelOopsException Paging(KernelAddress address, ulong pageSize) => new(address.Value < pageSize
        ? $"Unable to handle kernel NULL pointer dereference at virtual address {address}"
        : $"Unable to handle kernel paging request at virtual address {address}");
}
