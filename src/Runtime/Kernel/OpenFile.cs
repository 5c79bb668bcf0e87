using System.Diagnostics;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>An open file (<c>struct file</c>). The descriptors that <c>fork</c> copied share it; in 2.0 a mapping does not keep it open.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class OpenFile
{
    /// <summary>The bits of the flags that are the access mode (<c>O_ACCMODE</c>).</summary>
    internal const OpenFlags AccessMode = (OpenFlags)3;

    private readonly DriverCalls _calls;
    private readonly LoadedModule? _module;
    private FileOperations _operations;

    internal OpenFile(Inode inode, FileOperations operations, LoadedModule? module, OpenFlags flags, DriverCalls calls)
    {
        Inode = inode;
        Flags = flags & ~(OpenFlags.Create | OpenFlags.Truncate);
        _operations = operations;
        _module = module;
        _calls = calls;
    }

    /// <summary>The node (<c>f_inode</c>).</summary>
    public Inode Inode { get; }

    /// <summary>How it was opened (<c>f_flags</c>), without what only <c>open</c> itself looks at.</summary>
    public OpenFlags Flags { get; }

    /// <summary>The methods (<c>f_op</c>): those of the driver, until its <c>open</c> method chooses others for this file, say by the minor number.</summary>
    public FileOperations Operations
    {
        get => _operations;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _operations = value;
        }
    }

    /// <summary>Where the next <c>read</c> or <c>write</c> starts, in bytes (<c>f_pos</c>). Their methods move it, the core does not.</summary>
    public long Position { get; set; }

    /// <summary>The descriptors that refer to it (<c>f_count</c>).</summary>
    public int Count { get; internal set; } = 1;

    /// <summary>Whether it was opened for reading, without which it cannot be mapped.</summary>
    public bool CanRead => (Flags & AccessMode) is OpenFlags.ReadOnly or OpenFlags.ReadWrite;

    /// <summary>Whether it was opened for writing.</summary>
    public bool CanWrite => (Flags & AccessMode) is OpenFlags.WriteOnly or OpenFlags.ReadWrite;

    /// <summary>The driver's own (<c>private_data</c>).</summary>
    public object? PrivateData { get; set; }

    /// <summary>Path, mode and count in one line.</summary>
    public override string ToString() => $"{Inode.Path} {Flags} f_count {Count}";

    /// <summary>Calls the <c>open</c> method; the file holds its inode from here on.</summary>
    internal Errno CallOpen()
    {
        Inode.Hold();
        Inode.Audit.Holders++;
        Errno error = Errno.EFAULT;
        try
        {
            error = Operations.Open is { } open
                ? _calls.Run(_module, Memory.DriverCallback.FileOpen, (open, file: this), static call => call.open(call.file.Inode, call.file))
                : Errno.None;
            return error;
        }
        finally
        {
            if (error != Errno.None)
                LetInodeGo();
        }
    }

    /// <summary>Drops one descriptor; with the last one the <c>release</c> method runs (<c>close_fp</c>).</summary>
    internal void Close()
    {
        if (--Count > 0)
            return;
        try
        {
            if (Operations.Release is { } release)
                _calls.Run(_module, Memory.DriverCallback.FileRelease, (release, file: this), static call => call.file.Release(call.release));
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
