using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Delivers the signal that waits for the process, if any: one for what the kernel did with a page meanwhile.</summary>
    private long ReturnToUser(long result)
    {
        (Signal signal, ulong address) = (Task.PendingSignal, Task.PendingAddress);
        if (signal == Signal.None)
            return result;
        (Task.PendingSignal, Task.PendingAddress) = (Signal.None, 0);
        _kernel.Tracer?.Signal(Pid, signal, address);
        if (signal == Signal.SIGKILL)
            Exit();
        throw new SignalException(signal, new UserAddress(address), null, $"{signal}: the kernel worked for process {Pid} and could not have its page at {address:x8}");
    }
}
