using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>Accesses by way of the page tables, which a tracer is told.</summary>
public sealed partial class Process
{
    /// <summary>Forgets all translations, so that the next access to every page is recorded.</summary>
    internal void ForgetTranslations()
    {
        using KernelLock.Held held = _kernel.Lock.Enter();
        _space.FlushTlb();
    }

    /// <summary>Loads or fetches by way of the page tables.</summary>
    internal void Transfer(ulong address, Span<byte> destination, Access access)
    {
        if (_kernel.Tracer is { } tracer)
            TracedTransfer(tracer, address, destination, access);
        else
            TransferPieces(address, destination, access);
    }

    /// <summary>Stores by way of the page tables.</summary>
    internal void StoreBytes(ulong address, ReadOnlySpan<byte> bytes)
    {
        using KernelLock.Held held = _kernel.Lock.Enter();
        if (_kernel.Tracer is { } tracer)
            TracedStore(tracer, address, bytes);
        else
            StorePieces(address, bytes);
    }

    private void TracedTransfer(ITracer tracer, ulong address, Span<byte> destination, Access access)
    {
        using KernelLock.Held held = _kernel.Lock.Enter();
        bool isComplete = false;
        tracer.Begin(Pid, access.ToString(), (new UserAddress(address), destination.Length));
        try
        {
            TransferPieces(address, destination, access);
            isComplete = true;

            // Without all the stores before it, a replay need not find the same.
            if (tracer.RecordsEveryAccess)
                tracer.Bytes(destination);
        }
        finally
        {
            tracer.End(isComplete ? destination.Length : null);
        }
    }

    private void TracedStore(ITracer tracer, ulong address, ReadOnlySpan<byte> bytes)
    {
        bool isComplete = false;
        tracer.Begin(Pid, nameof(Access.Store), (new UserAddress(address), bytes.Length));
        tracer.Bytes(bytes);
        try
        {
            StorePieces(address, bytes);
            isComplete = true;
        }
        finally
        {
            tracer.End(isComplete ? bytes.Length : null);
        }
    }
}
