using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The devices of memory that every kernel has (<c>drivers/char/mem.c</c>): <c>/dev/mem</c>, <c>/dev/null</c> and <c>/dev/zero</c>.</summary>
internal sealed class MemoryDevices
{
    private const int Major = 1;
    private const int MemMinor = 1;
    private const int NullMinor = 3;
    private const int ZeroMinor = 5;

    private readonly LinuxKernel _kernel;
    private readonly FileOperations _mem;
    private readonly FileOperations _null;
    private readonly FileOperations _zero;

    public MemoryDevices(LinuxKernel kernel)
    {
        _kernel = kernel;
        _mem = new FileOperations { Lseek = SeekMemory, Read = ReadMemory, Write = WriteMemory, Mmap = MapMemory };
        _null = new FileOperations { Lseek = SeekNowhere, Read = (_, _, _, _) => 0, Write = (_, _, _, count) => count };
        _zero = new FileOperations { Lseek = SeekNowhere, Read = ReadZeros, Write = (_, _, _, count) => count, Mmap = MapZeros };
    }

    public void Register(NodeTable nodes, DeviceTable devices)
    {
        nodes.MakeDevice("/dev/mem", Major, MemMinor);
        nodes.MakeDevice("/dev/null", Major, NullMinor);
        nodes.MakeDevice("/dev/zero", Major, ZeroMinor);
        devices.Register(Major, new CharDevice("mem", new FileOperations { Open = Open }, Module: null));
    }

    /// <summary>Chooses the methods by the minor number.</summary>
    private Errno Open(Inode inode, OpenFile file)
    {
        FileOperations? operations = inode.Minor switch
        {
            MemMinor => _mem,
            NullMinor => _null,
            ZeroMinor => _zero,
            _ => null,
        };
        if (operations is null)
            return Errno.ENXIO;
        file.Operations = operations;
        return Errno.None;
    }

    private static long SeekNowhere(Inode inode, OpenFile file, long offset, SeekWhence whence) => file.Position = 0;

    /// <summary>Memory has no end to seek from, and any number is an address.</summary>
    private static long SeekMemory(Inode inode, OpenFile file, long offset, SeekWhence whence)
    {
        if (whence == SeekWhence.End)
            return -(long)Errno.EINVAL;
        return file.Position = whence == SeekWhence.Start ? offset : file.Position + offset;
    }

    /// <summary>Reads memory by its bus address; the first page is not mapped in the kernel and reads as zeros.</summary>
    private int ReadMemory(Inode inode, OpenFile file, UserAddress buffer, int count)
    {
        count = ClipToMemory(file, count);
        int missing = MissingBytes(file, count);
        if (missing > 0)
            ReadZeros(inode, file, buffer, missing);
        if (count > missing)
            _kernel.CopyToUser(buffer + (ulong)missing, _kernel.Hardware.Memory.Bytes((ulong)file.Position + (ulong)missing, count - missing));
        file.Position += count;
        return count;
    }

    /// <summary>Writes memory by its bus address. What would go to the first page is skipped, and not counted in the result although the position moves over it.</summary>
    private int WriteMemory(Inode inode, OpenFile file, UserAddress buffer, int count)
    {
        count = ClipToMemory(file, count);
        int missing = MissingBytes(file, count);
        if (count > missing)
            _kernel.CopyFromUser(buffer + (ulong)missing, _kernel.Hardware.Memory.Bytes((ulong)file.Position + (ulong)missing, count - missing));
        file.Position += count;
        return count - missing;
    }

    private int ClipToMemory(OpenFile file, int count)
    {
        ulong size = _kernel.Hardware.Memory.Size;
        return (ulong)file.Position >= size ? 0 : (int)Math.Min((ulong)count, size - (ulong)file.Position);
    }

    private int MissingBytes(OpenFile file, int count) => (int)Math.Clamp(_kernel.Profile.PageSize - file.Position, 0, count);

    /// <summary>Maps memory and devices by the offset, without the cache where there is no memory.</summary>
    private Errno MapMemory(Inode inode, OpenFile file, VmArea area)
    {
        if ((area.Offset & _kernel.Profile.OffsetMask) != 0)
            return Errno.ENXIO;
        if (area.Offset >= _kernel.HighMemory.Value)
            area.PageProtection = _kernel.NonCached(area.PageProtection);
        if (_kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        area.Inode = inode;
        inode.Get();
        return Errno.None;
    }

    private int ReadZeros(Inode inode, OpenFile file, UserAddress buffer, int count)
    {
        ReadOnlySpan<byte> zeros = _kernel.Hardware.Memory.Bytes(_kernel.Vm.ZeroPage, _kernel.Profile.PageSize);
        for (int done = 0; done < count; done += zeros.Length)
            _kernel.CopyToUser(buffer + (ulong)done, zeros[..Math.Min(zeros.Length, count - done)]);
        return count;
    }

    /// <summary>Private zeros only: 2.0 has no memory that is shared without a file.</summary>
    private Errno MapZeros(Inode inode, OpenFile file, VmArea area)
    {
        if ((area.Flags & VmFlags.Shared) != 0)
            return Errno.EINVAL;
        Errno error = _kernel.Vm.Remapper.Zeromap(area.AddressSpace, area.Start.Value, area.Length, area.PageProtection.Bits);
        return error == Errno.None ? Errno.None : Errno.EAGAIN;
    }
}
