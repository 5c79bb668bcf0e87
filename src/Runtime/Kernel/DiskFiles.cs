using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The methods of the disk's files: reading goes through the page cache, writing to the disk and to what is cached of it.</summary>
internal sealed class DiskFiles
{
    /// <summary>The last position that a byte can be written to: the file system counts in signed words of 32 bits.</summary>
    private const long MaximumPosition = int.MaxValue;

    private readonly LinuxKernel _kernel;

    public DiskFiles(LinuxKernel kernel)
    {
        _kernel = kernel;
        Operations = new FileOperations
        {
            Read = Read,
            Write = Write,
            Mmap = (inode, _, area) => kernel.Vm.FileAreas.Map(inode, area),

            // What write wrote is on the disk already, and what mappings changed is for msync.
            Fsync = (_, _) => Errno.None,
        };
    }

    public FileOperations Operations { get; }

    /// <summary>Reads as far as the file goes (<c>generic_file_read</c>).</summary>
    private int Read(Inode inode, OpenFile file, UserAddress buffer, int count)
    {
        int read = 0;
        while (read < count && (ulong)file.Position < inode.Size)
        {
            int piece = ReadFromPage(inode, (ulong)file.Position, buffer + (ulong)read, count - read);
            if (piece == 0)
                return read == 0 ? -(int)Errno.ENOMEM : read;
            read += piece;
            file.Position += piece;
        }

        return read;
    }

    private int ReadFromPage(Inode inode, ulong position, UserAddress buffer, int count)
    {
        MachineProfile profile = _kernel.Profile;
        if (_kernel.Vm.PageCache.FindOrRead(inode, profile.PageStart(position)) is not { } page)
            return 0;
        int offset = (int)(position & profile.OffsetMask);
        int length = (int)Math.Min(inode.Size - position, (ulong)Math.Min(profile.PageSize - offset, count));
        page.Hold();
        try
        {
            _kernel.CopyToUser(buffer, _kernel.Hardware.Memory.Frame(page.Number).Slice(offset, length));
        }
        finally
        {
            _kernel.MemMap.Drop(page);
        }

        return length;
    }

    /// <summary>Writes, block by block, and makes the file as long as that takes (<c>ext2_file_write</c>).</summary>
    private int Write(Inode inode, OpenFile file, UserAddress buffer, int count)
    {
        long position = (file.Flags & OpenFlags.Append) != 0 ? (long)inode.Size : file.Position;
        int written = 0;
        while (written < count && position <= MaximumPosition)
        {
            Span<byte> block = inode.Disk!.RestOfBlock((ulong)position);
            block = block[..Math.Min(block.Length, count - written)];
            _kernel.CopyFromUser(buffer + (ulong)written, block);
            _kernel.Vm.PageCache.Update(inode, (ulong)position, block);
            written += block.Length;
            position += block.Length;
        }

        if (written == 0)
            return count > 0 ? -(int)Errno.EFBIG : 0;
        inode.Size = Math.Max(inode.Size, (ulong)position);
        file.Position = position;
        return written;
    }
}
