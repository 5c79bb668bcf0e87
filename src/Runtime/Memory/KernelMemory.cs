using System.Runtime.InteropServices;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Loads and stores of kernel code: logical addresses go straight to memory, <c>vmalloc</c> and <c>vremap</c> addresses through the kernel's tables.</summary>
internal sealed class KernelMemory(MachineHardware hardware, MemMap memMap, PageDirectories directories)
{
    private readonly MachineProfile _profile = hardware.Profile;
    private readonly ulong _highMemory = hardware.Memory.Size + hardware.Profile.PageOffset;

    /// <summary>The first logical address behind memory (<c>high_memory</c>).</summary>
    public ulong HighMemory => _highMemory;

    /// <summary>The first <c>vmalloc</c> address (<c>VMALLOC_START</c>).</summary>
    public ulong VmallocStart => _profile.VmallocStart != 0
        ? _profile.VmallocStart
        : (_highMemory + _profile.VmallocAlignment) & ~(_profile.VmallocAlignment - 1);

    public T Read<T>(ulong address)
        where T : unmanaged
    {
        T value = default;
        CopyOut(address, MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    public void Write<T>(ulong address, T value)
        where T : unmanaged => CopyIn(address, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    public void CopyOut(ulong address, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int piece = PieceOf(address, destination.Length);
            hardware.Memory.Read(Translate(address), destination[..piece]);
            destination = destination[piece..];
            address += (ulong)piece;
        }
    }

    public void CopyIn(ulong address, ReadOnlySpan<byte> source)
    {
        while (!source.IsEmpty)
        {
            int piece = PieceOf(address, source.Length);
            hardware.Memory.Write(TranslateForChange(address), source[..piece]);
            source = source[piece..];
            address += (ulong)piece;
        }
    }

    /// <summary>The bytes themselves, when they lie in one run of memory.</summary>
    public Span<byte> Access(ulong address, int length)
    {
        if (length == 0)
            return [];
        ulong first = TranslateForChange(address);
        if (!hardware.Memory.IsMemory(first))
            throw new ArgumentException("The bytes are a device's: read and write them, there is no memory to point at.", nameof(address));
        for (ulong next = _profile.PageStart(address) + (ulong)_profile.PageSize; next < address + (ulong)length; next += (ulong)_profile.PageSize)
        {
            if (TranslateForChange(next) != first + (next - address))
                throw new ArgumentException("The bytes lie in frames that are not neighbours; copy them, or ask page by page.", nameof(length));
        }

        return hardware.Memory.Bytes(first, length);
    }

    private int PieceOf(ulong address, int length)
    {
        ulong left = (ulong)_profile.PageSize - (address & _profile.OffsetMask);
        return (int)Math.Min(left, (ulong)length);
    }

    // What its driver wrote to is no longer what the page's last owner left there.
    private ulong TranslateForChange(ulong address)
    {
        ulong physical = Translate(address);
        if (hardware.Memory.IsMemory(physical))
            PageAuditor.Written(memMap.Pages[(int)(physical >> _profile.PageShift)]);
        return physical;
    }

    private ulong Translate(ulong address)
    {
        if (address < _highMemory && address >= _profile.PageOffset + (ulong)_profile.PageSize)
        {
            ulong physical = address - _profile.PageOffset;
            memMap.Auditor.BeforeUse(memMap[(int)(physical >> _profile.PageShift)], "the kernel touched it");
            return physical;
        }

        return TranslateVmalloc(address);
    }

    private ulong TranslateVmalloc(ulong address)
    {
        ulong linear = address + _profile.VmallocVmaddrOffset;
        if (address < VmallocStart || address >= _profile.VmallocEnd || !hardware.Tables.TryFind(directories.Swapper, linear, out ulong location))
            throw KernelOopsException.Paging(new KernelAddress(address), (ulong)_profile.PageSize);
        ulong entry = hardware.Tables.Read(location);
        if (entry == 0)
            throw KernelOopsException.Paging(new KernelAddress(address), (ulong)_profile.PageSize);
        return _profile.PageTable.Frame(entry) | (address & _profile.OffsetMask);
    }
}
