using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>Moves the end of the program's data (<c>brk</c>): memory above it is unmapped, memory up to it mapped, readable, writable and executable.</summary>
    /// <remarks>
    /// What stands in the way leaves the break where it is, without an error number: <see cref="Resource.Data"/>, <see cref="Resource.AddressSpace"/>, another
    /// mapping on the way or in the page behind, memory that does not suffice, or an address below the start of the data. So zero asks where it is.
    /// </remarks>
    /// <param name="end">Where it shall stand; any byte of a page will do.</param>
    /// <returns>Where it stands now.</returns>
    public UserAddress Brk(UserAddress end) => new((ulong)SysBrk(end));

    /// <summary>Moves the end of the program's data; see <see cref="Brk"/>.</summary>
    /// <param name="end">Where it shall stand.</param>
    /// <returns>Where it stands now; never an error number.</returns>
    public long SysBrk(UserAddress end) => RunLocked(end.Value, static (process, to) => process.DoBrk(to));

    private long DoBrk(ulong end)
    {
        ulong reached = _kernel.Vm.Breaks.Move(AddressSpace, end);
        return Task.PendingSignal == Signal.None ? (long)reached : throw TakePending(reached);
    }
}
