using System.Diagnostics;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>An open file (<c>struct file</c>). The descriptors that <c>fork</c> copied share it; in 2.0 a mapping does not keep it open.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class OpenFile : IMappable
{
    private readonly DriverCalls _calls;
    private readonly CharDevice _device;

    internal OpenFile(Inode inode, CharDevice device, OpenFlags flags, DriverCalls calls)
    {
        Inode = inode;
        Flags = flags;
        _device = device;
        _calls = calls;
    }

    /// <summary>The device's node (<c>f_inode</c>).</summary>
    public Inode Inode { get; }

    /// <summary>How it was opened (<c>f_flags</c>).</summary>
    public OpenFlags Flags { get; }

    /// <summary>The methods of the device (<c>f_op</c>).</summary>
    public FileOperations Operations => _device.Operations;

    /// <summary>The descriptors that refer to it (<c>f_count</c>).</summary>
    public int Count { get; internal set; } = 1;

    /// <summary>Whether it was opened for reading, without which it cannot be mapped.</summary>
    public bool CanRead => Flags is OpenFlags.ReadOnly or OpenFlags.ReadWrite;

    /// <summary>Whether it was opened for writing.</summary>
    public bool CanWrite => Flags is OpenFlags.WriteOnly or OpenFlags.ReadWrite;

    /// <summary>The driver's own (<c>private_data</c>).</summary>
    public object? PrivateData { get; set; }

    bool IMappable.HasMmap => Operations.Mmap is not null;

    object? IMappable.Module => _device.Module;

    /// <summary>Path, mode and count in one line.</summary>
    public override string ToString() => $"{Inode.Path} {Flags} f_count {Count}";

    Errno IMappable.Map(VmArea area)
    {
        int inodeBefore = Inode.Audit.MmapUnits;
        DriverCallback outcome = DriverCallback.FailedMmap;
        VmOperations? table = null;
        _calls.Enter(_device.Module, DriverCallback.Mmap);
        try
        {
            Errno error = Operations.Mmap!(Inode, this, area);
            if (error == Errno.None)
                (outcome, table) = (DriverCallback.Mmap, area.Operations);
            else
                Inode.Audit.MmapFailed(inodeBefore);
            return error;
        }
        catch (Exception exception)
        {
            Inode.Audit.MmapFailed(inodeBefore);
            throw _calls.Oops(_device.Module, DriverCallback.Mmap, exception);
        }
        finally
        {
            _calls.Leave(_device.Module, outcome, table);
        }
    }

    /// <summary>Calls the device's <c>open</c> method; the file holds its inode from here on.</summary>
    internal Errno CallOpen()
    {
        Inode.Hold();
        Inode.Audit.Holders++;
        Errno error = Errno.EFAULT;
        try
        {
            error = Operations.Open is { } open ? _calls.Run(_device.Module, DriverCallback.FileOpen, () => open(Inode, this)) : Errno.None;
            return error;
        }
        finally
        {
            if (error != Errno.None)
                LetInodeGo();
        }
    }

    /// <summary>Drops one descriptor; with the last one the device's <c>release</c> method runs (<c>close_fp</c>).</summary>
    internal void Close()
    {
        if (--Count > 0)
            return;
        try
        {
            if (Operations.Release is { } release)
                _calls.Run(_device.Module, DriverCallback.FileRelease, () => Release(release));
        }
        finally
        {
            LetInodeGo();
        }
    }

    private bool Release(ReleaseMethod release)
    {
        release(Inode, this);
        return true;
    }

    private void LetInodeGo()
    {
        Inode.Audit.Holders--;
        Inode.Release();
    }
}
