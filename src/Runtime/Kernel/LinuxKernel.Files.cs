using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class LinuxKernel
{
    /// <summary>Puts a file on the machine's one disk.</summary>
    /// <param name="path">Its name; directories are not needed.</param>
    /// <param name="content">Its bytes.</param>
    /// <returns><see cref="Errno.None"/>, or <see cref="Errno.EEXIST"/>.</returns>
    public Errno CreateFile(string path, ReadOnlySpan<byte> content)
    {
        using KernelLock.Held held = Lock.Enter();
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (_nodes.MakeFile(path) is not { } inode)
            return Errno.EEXIST;
        inode.Disk!.Write(0, content);
        inode.Size = (ulong)content.Length;
        return Errno.None;
    }

    /// <summary>What the disk has of a file: stores through a mapping are not in it before they are written back, as by <c>msync</c> or <c>munmap</c>.</summary>
    /// <param name="path">Its name.</param>
    /// <returns>A copy of its bytes.</returns>
    /// <exception cref="ArgumentException">The disk has no such file.</exception>
    public byte[] ReadDisk(string path)
    {
        using KernelLock.Held held = Lock.Enter();
        if (FindInode(path) is not { Disk: { } disk } inode)
            throw new ArgumentException($"The disk has no file {path}.", nameof(path));
        var content = new byte[inode.Size];
        disk.Read(0, content);
        return content;
    }

    /// <summary>Opens what a path leads to: a device, a file, or a text about a process.</summary>
    internal Errno Open(string path, OpenFlags flags, out OpenFile? file)
    {
        file = null;
        if (_processTexts.Find(path) is { } text)
        {
            file = new OpenFile(_nodes.MakeNameless(path, InodeKind.Regular), text, module: null, flags, _calls);
            return file.CallOpen();
        }

        Inode? inode = FindInode(path) ?? ((flags & OpenFlags.Create) != 0 ? _nodes.MakeFile(path) : null);
        if (inode is null)
            return Errno.ENOENT;
        if (inode.Kind == InodeKind.Regular)
        {
            if ((flags & OpenFlags.Truncate) != 0)
                Vm.Truncator.Truncate(inode, 0);
            file = new OpenFile(inode, _diskFiles.Operations, module: null, flags, _calls);
        }
        else
        {
            if (_devices.Find(inode.Major) is not { } device)
                return Errno.ENODEV;
            file = new OpenFile(inode, device.Operations, device.Module, flags, _calls);
        }

        return file.CallOpen();
    }

    /// <summary>Makes the two ends of a pipe.</summary>
    /// <returns>Them, or null when there is no memory for its buffer.</returns>
    internal (OpenFile Reader, OpenFile Writer)? OpenPipe()
    {
        if (MemMap.Allocate() is not { } buffer)
            return null;
        Inode inode = _nodes.MakeNameless("pipe", InodeKind.Pipe);
        PipeBuffers.Add(buffer);
        var pipe = new Pipe(this, buffer);
        var reader = new OpenFile(inode, pipe.ReadEnd, module: null, OpenFlags.ReadOnly, _calls);
        var writer = new OpenFile(inode, pipe.WriteEnd, module: null, OpenFlags.WriteOnly, _calls);
        reader.CallOpen();
        writer.CallOpen();
        return (reader, writer);
    }
}
