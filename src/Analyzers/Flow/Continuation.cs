using Microsoft.CodeAnalysis.FlowAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>Where control goes when the finally regions on the way have run.</summary>
/// <param name="Remaining">Finally regions still to run, innermost first.</param>
/// <param name="Destination">The block to go on at, or <see langword="null"/> while an exception is on its way.</param>
/// <param name="Propagating">The region from which an exception goes on outwards when there is no destination.</param>
internal sealed record Continuation(ImmutableArray<ControlFlowRegion> Remaining, BasicBlock? Destination, ControlFlowRegion? Propagating)
{
    public bool Equals(Continuation? other) =>
        other is not null
        && Remaining.SequenceEqual(other.Remaining)
        && ReferenceEquals(Destination, other.Destination)
        && ReferenceEquals(Propagating, other.Propagating);

    public override int GetHashCode() => (Remaining.Length * 31) + (Destination?.Ordinal ?? -1);
}
