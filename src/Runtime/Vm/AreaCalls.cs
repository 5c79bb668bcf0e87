using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Calls the methods of areas: an empty slot is nothing to do, a method that throws is an oops.</summary>
internal sealed class AreaCalls(DriverGate gate)
{
    public void Open(VmArea area)
    {
        area.Inode?.Audit.CountOpen();
        Call(area, DriverCallback.Open, area.Operations?.Open);
    }

    public void Close(VmArea area)
    {
        area.Inode?.Audit.CountClose();
        Call(area, DriverCallback.Close, area.Operations?.Close);
    }

    public void Unmap(VmArea area, UserAddress start, ulong length)
    {
        if (area.Operations?.Unmap is null)
            return;
        Run<(UserAddress Start, ulong Length), object?>(
            area,
            DriverCallback.Unmap,
            (start, length),
            static (mapped, operations, part) =>
            {
                operations.Unmap!(mapped, part.Start, part.Length);
                return null;
            },
            static part => $"{part.Start}+{part.Length:x} of ");
    }

    /// <summary>Has a part written back; the area has a <c>sync</c> method.</summary>
    public Errno Sync(VmArea area, UserAddress start, ulong length, uint flags) => Run(
        area,
        DriverCallback.Sync,
        (start, length, flags),
        static (mapped, operations, part) => operations.Sync!(mapped, part.start, part.length, part.flags),
        static part => $"{part.start}+{part.length:x} {part.flags} of ");

    /// <summary>Asks for a page; the area has a <c>nopage</c> method.</summary>
    public KernelAddress Nopage(VmArea area, UserAddress address, bool noShare) => Run(
        area,
        DriverCallback.Nopage,
        (address, noShare),
        static (mapped, operations, fault) => operations.Nopage!(mapped, fault.address, fault.noShare),
        static fault => $"{fault.address}{(fault.noShare ? " no_share" : "")} of ");

    /// <summary>Tells the owner of a dirty page that it is about to go; the area has a <c>swapout</c> method.</summary>
    public Errno Swapout(VmArea area, ulong offset, PageTableEntry entry) => Run(
        area,
        DriverCallback.Swapout,
        (offset, entry),
        static (mapped, operations, page) => operations.Swapout!(mapped, page.offset, page.entry),
        static page => $"{page.offset:x} of ");

    /// <summary>Asks for the page that an entry stands for; the area has a <c>swapin</c> method.</summary>
    public PageTableEntry Swapin(VmArea area, ulong offset, ulong entry) => Run(
        area,
        DriverCallback.Swapin,
        (offset, entry),
        static (mapped, operations, page) => operations.Swapin!(mapped, page.offset, page.entry),
        static page => $"{page.offset:x} of ");

    private void Call(VmArea area, DriverCallback callback, AreaMethod? method)
    {
        if (method is not null)
        {
            Run<AreaMethod, object?>(
                area,
                callback,
                method,
                static (mapped, _, body) =>
                {
                    body(mapped);
                    return null;
                },
                static _ => "");
        }
        else if (area.Operations is { } operations)
        {
            gate.Pass(area.Module, callback, operations);
        }
    }

    /// <param name="area">An area that has operations.</param>
    /// <param name="callback">Which slot it is.</param>
    /// <param name="arguments">What the method gets beside the area.</param>
    /// <param name="method">Calls the slot.</param>
    /// <param name="describe">The arguments in words, for a trace: they stand before the area.</param>
    private TResult Run<TArguments, TResult>(
        VmArea area,
        DriverCallback callback,
        TArguments arguments,
        Func<VmArea, VmOperations, TArguments, TResult> method,
        Func<TArguments, string> describe)
    {
        VmOperations operations = area.Operations!;
        gate.Enter(area.Module, callback);
        try
        {
            TResult result = method(area, operations, arguments);
            gate.Tracer?.Callback(area.Module, callback, describe(arguments) + area, result);
            return result;
        }
        catch (Exception exception)
        {
            throw gate.Oops(area.Module, callback, exception);
        }
        finally
        {
            gate.Leave(area.Module, callback, operations);
        }
    }
}
