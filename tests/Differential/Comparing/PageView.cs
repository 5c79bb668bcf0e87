using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Differential.Comparing;

/// <summary>One page as the listing of the areas has it.</summary>
/// <param name="IsMapped">Whether an area holds it.</param>
/// <param name="Protection">What is allowed.</param>
/// <param name="IsShared">Whether a shared mapping was asked for.</param>
/// <param name="IsDevice">Whether the device lies behind it.</param>
/// <param name="Offset">Where in the device it lies; zero for memory.</param>
internal readonly record struct PageView(bool IsMapped, Protection Protection, bool IsShared, bool IsDevice, ulong Offset)
{
    /// <summary>Whether the device ends before the page.</summary>
    public bool IsBeyondEnd => IsDevice && Offset >= Programs.Arena.DeviceSize;

    /// <summary>Whether a load is allowed and finds something.</summary>
    public bool IsReadable => Allows(Protection.Read) && !IsBeyondEnd;

    /// <summary>Whether execution is allowed and a load is not.</summary>
    public bool IsExecutableOnly => Allows(Protection.Exec) && !Allows(Protection.Read);

    public bool Allows(Protection access) => (Protection & access) != 0;

    public override string ToString()
    {
        if (!IsMapped)
            return "unmapped";
        string letters = $"{(Allows(Protection.Read) ? 'r' : '-')}{(Allows(Protection.Write) ? 'w' : '-')}{(Allows(Protection.Exec) ? 'x' : '-')}{(IsShared ? 's' : 'p')}";
        return IsDevice ? $"{letters} device {Offset:x}" : $"{letters} memory";
    }
}
