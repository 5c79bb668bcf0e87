using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Delivers the signal that waits for the process, if any: one for what the kernel did with a page meanwhile.</summary>
    private long ReturnToUser(long result)
    {
        Signal signal = AddressSpace.PendingSignal;
        if (signal == Signal.None)
            return result;
        AddressSpace.PendingSignal = Signal.None;
        if (signal == Signal.SIGKILL)
            Exit();
        throw new SignalException(signal, default, null, $"{signal}: a page of process {Pid} was lost when memory was short");
    }
}
