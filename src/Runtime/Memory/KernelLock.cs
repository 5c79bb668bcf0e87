using System.Diagnostics;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>The lock of a kernel (<c>kernel_flag</c>): as in 2.0, one processor at a time is in the kernel, and drivers need no locks of their own.</summary>
/// <remarks>
/// <para>Order of locks: this one first. An address space is then locked for a call (<c>mmap_sem</c>), which is only tried: while this lock is held nobody
/// else can be in the middle of a call, unless a driver's method called back, and that call could never go on. Last comes the wait for a store that another
/// processor is in the middle of; it holds no lock. Devices and drivers' methods run with this lock held, so they must not wait for other threads.</para>
/// <para>Counts of pages, inodes and modules, tables, areas and books belong to this lock; translations that a process remembers do not, see <c>Tlb</c>.</para>
/// </remarks>
internal sealed class KernelLock
{
    private readonly object _flag = new();

    /// <summary>How often somebody entered or left so far. As long as it stays the same, the code that entered last is in the same call.</summary>
    public long Crossings { get; private set; }

    // Only who holds the lock writes these, so a thread finds its own number here if and only if it is the one. A call enters the kernel at several doors.
    private int _owner;
    private int _depth;

    /// <summary>Enters the kernel; the same thread may enter it again.</summary>
    public Held Enter()
    {
        int thread = Environment.CurrentManagedThreadId;
        if (_owner != thread)
        {
            Monitor.Enter(_flag);
            _owner = thread;
        }

        _depth++;
        Crossings++;
        return new Held(this);
    }

    /// <summary>Says in debug builds when something that belongs to the lock is touched without it.</summary>
    [Conditional("DEBUG")]
    public void AssertHeld() => Debug.Assert(Monitor.IsEntered(_flag), "This belongs to the kernel lock, which the thread does not hold.");

    private void Leave()
    {
        Crossings++;
        if (--_depth > 0)
            return;
        _owner = 0;
        Monitor.Exit(_flag);
    }

    /// <summary>The lock as long as it is held.</summary>
    public readonly ref struct Held(KernelLock held)
    {
        /// <summary>Leaves the kernel.</summary>
        public void Dispose() => held.Leave();
    }
}
