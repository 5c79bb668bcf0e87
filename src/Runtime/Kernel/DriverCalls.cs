using System.Runtime.ExceptionServices;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>Stands around every call of a driver's method: knows whose it is, keeps the books, and turns what it throws into an oops.</summary>
internal sealed class DriverCalls(KernelLock kernelLock, CallContext context, KernelLog log) : DriverGate
{
    private readonly List<Oops> _oopses = [];

    public IReadOnlyList<Oops> Oopses => _oopses;

    public CallContext Context => context;

    public override KernelLock Lock => kernelLock;

    public override void Enter(object? module, DriverCallback callback)
    {
        if (module is LoadedModule { IsGone: true } gone)
            throw Record(gone, callback, new KernelOopsException($"{NameOf(callback)} of module {gone.Name}, which was removed: the call goes into freed memory"));
        context.Push(module, callback);
    }

    public override void Leave(object? module, DriverCallback callback, VmOperations? operations)
    {
        int units = context.Pop();
        (module as LoadedModule)?.Book(callback, units, operations);
    }

    public override void Pass(object? module, DriverCallback callback, VmOperations operations)
    {
        if (module is LoadedModule { IsGone: false } loaded)
            loaded.Book(callback, 0, operations);
    }

    public override ProcessKilledException Oops(object? module, DriverCallback callback, Exception exception)
    {
        if (exception is IUncontained)
            ExceptionDispatchInfo.Throw(exception);
        return Record(module as LoadedModule, callback, exception);
    }

    public override void Printk(string message) => log.Write(message);

    /// <summary>Calls a method that no area belongs to.</summary>
    /// <exception cref="ProcessKilledException">It threw, or its module has left.</exception>
    public T Run<T>(LoadedModule? module, DriverCallback callback, Func<T> method) => Run(module, callback, method, static call => call());

    /// <summary>Calls a method that no area belongs to, with arguments.</summary>
    /// <exception cref="ProcessKilledException">It threw, or its module has left, or a fault of the user's memory that it touched was an oops.</exception>
    public T Run<TArguments, T>(LoadedModule? module, DriverCallback callback, in TArguments arguments, Func<TArguments, T> method)
    {
        Enter(module, callback);
        try
        {
            T result = method(arguments);
            Tracer?.Callback(module, callback, "", result);
            return result;
        }
        catch (Exception exception) when (exception is not ProcessKilledException)
        {
            throw Oops(module, callback, exception);
        }
        finally
        {
            Leave(module, callback, null);
        }
    }

    private static string NameOf(DriverCallback callback) => callback switch
    {
        DriverCallback.FileOpen => "file open",
        DriverCallback.FileRelease => "file release",
        DriverCallback.FileLseek => "lseek",
        DriverCallback.FileRead => "read",
        DriverCallback.FileWrite => "write",
        DriverCallback.FileIoctl => "ioctl",
        DriverCallback.FileFsync => "fsync",
        _ => callback.ToString().ToLowerInvariant(),
    };

    private ProcessKilledException Record(LoadedModule? module, DriverCallback callback, Exception exception)
    {
        var oops = new Oops(module?.Name, NameOf(callback), exception);
        _oopses.Add(oops);
        if (module is not null)
            module.HasOopsed = true;
        log.Write(oops.ToString());
        Tracer?.Oops(oops.ToString());
        return new ProcessKilledException(oops);
    }
}
