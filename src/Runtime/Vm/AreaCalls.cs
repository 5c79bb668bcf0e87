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
        if (area.Operations is not { Unmap: { } unmap } operations)
            return;
        gate.Enter(area.Module, DriverCallback.Unmap);
        try
        {
            unmap(area, start, length);
            gate.Tracer?.Callback(area.Module, DriverCallback.Unmap, $"{start}+{length:x} of {area}", null);
        }
        catch (Exception exception)
        {
            throw gate.Oops(area.Module, DriverCallback.Unmap, exception);
        }
        finally
        {
            gate.Leave(area.Module, DriverCallback.Unmap, operations);
        }
    }

    /// <summary>Has a part written back; the area has a <c>sync</c> method.</summary>
    public Errno Sync(VmArea area, UserAddress start, ulong length, uint flags)
    {
        VmOperations operations = area.Operations!;
        gate.Enter(area.Module, DriverCallback.Sync);
        try
        {
            Errno error = operations.Sync!(area, start, length, flags);
            gate.Tracer?.Callback(area.Module, DriverCallback.Sync, $"{start}+{length:x} {flags} of {area}", error);
            return error;
        }
        catch (Exception exception)
        {
            throw gate.Oops(area.Module, DriverCallback.Sync, exception);
        }
        finally
        {
            gate.Leave(area.Module, DriverCallback.Sync, operations);
        }
    }

    /// <summary>Asks for a page; the area has a <c>nopage</c> method.</summary>
    public KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
    {
        VmOperations operations = area.Operations!;
        gate.Enter(area.Module, DriverCallback.Nopage);
        try
        {
            KernelAddress page = operations.Nopage!(area, address, noShare);
            gate.Tracer?.Callback(area.Module, DriverCallback.Nopage, $"{address}{(noShare ? " no_share" : "")} of {area}", page);
            return page;
        }
        catch (Exception exception)
        {
            throw gate.Oops(area.Module, DriverCallback.Nopage, exception);
        }
        finally
        {
            gate.Leave(area.Module, DriverCallback.Nopage, operations);
        }
    }

    /// <summary>Tells the owner of a dirty page that it is about to go; the area has a <c>swapout</c> method.</summary>
    public Errno Swapout(VmArea area, ulong offset, PageTableEntry entry)
    {
        VmOperations operations = area.Operations!;
        gate.Enter(area.Module, DriverCallback.Swapout);
        try
        {
            Errno error = operations.Swapout!(area, offset, entry);
            gate.Tracer?.Callback(area.Module, DriverCallback.Swapout, $"{offset:x} of {area}", error);
            return error;
        }
        catch (Exception exception)
        {
            throw gate.Oops(area.Module, DriverCallback.Swapout, exception);
        }
        finally
        {
            gate.Leave(area.Module, DriverCallback.Swapout, operations);
        }
    }

    /// <summary>Asks for the page that an entry stands for; the area has a <c>swapin</c> method.</summary>
    public PageTableEntry Swapin(VmArea area, ulong offset, ulong entry)
    {
        VmOperations operations = area.Operations!;
        gate.Enter(area.Module, DriverCallback.Swapin);
        try
        {
            PageTableEntry filled = operations.Swapin!(area, offset, entry);
            gate.Tracer?.Callback(area.Module, DriverCallback.Swapin, $"{offset:x} of {area}", filled);
            return filled;
        }
        catch (Exception exception)
        {
            throw gate.Oops(area.Module, DriverCallback.Swapin, exception);
        }
        finally
        {
            gate.Leave(area.Module, DriverCallback.Swapin, operations);
        }
    }

    private void Call(VmArea area, DriverCallback callback, AreaMethod? method)
    {
        if (area.Operations is not { } operations)
            return;
        if (method is null)
        {
            gate.Pass(area.Module, callback, operations);
            return;
        }

        gate.Enter(area.Module, callback);
        try
        {
            method(area);
            gate.Tracer?.Callback(area.Module, callback, area.ToString(), null);
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
