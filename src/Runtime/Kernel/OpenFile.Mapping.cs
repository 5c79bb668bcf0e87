using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class OpenFile : IMappable
{
    bool IMappable.HasMmap => Operations.Mmap is not null;

    object? IMappable.Module => _module;

    Errno IMappable.Map(VmArea area)
    {
        int inodeBefore = Inode.Audit.MmapUnits;
        DriverCallback outcome = DriverCallback.FailedMmap;
        VmOperations? table = null;
        _calls.Enter(_module, DriverCallback.Mmap);
        try
        {
            Errno error = Operations.Mmap!(Inode, this, area);
            if (error == Errno.None)
                (outcome, table) = (DriverCallback.Mmap, area.Operations);
            else
                Inode.Audit.MmapFailed(inodeBefore);
            _calls.Tracer?.Callback(_module, DriverCallback.Mmap, area.ToString(), error);
            return error;
        }
        catch (Exception exception)
        {
            Inode.Audit.MmapFailed(inodeBefore);
            throw _calls.Oops(_module, DriverCallback.Mmap, exception);
        }
        finally
        {
            _calls.Leave(_module, outcome, table);
        }
    }
}
