using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>What a path knows of the units of one key: where they came from and where they went.</summary>
/// <param name="IsOwned">The unit came with a value that was handed out here, so that whoever lets the value go has lost the unit.</param>
internal sealed record Unit(bool IsOwned)
{
    public SyntaxNode? AcquiredAt { get; init; }

    public SyntaxNode? ReleasedAt { get; init; }

    /// <summary>Where an acquire told by its outcome that it had not been done.</summary>
    public SyntaxNode? FailedAt { get; init; }

    /// <summary>The acquire that threw before it had done its work, on a path over that exception.</summary>
    public SyntaxNode? ThrewAt { get; init; }

    /// <summary>The argument that has to be the same at the release.</summary>
    public Term? Paired { get; init; }
}
