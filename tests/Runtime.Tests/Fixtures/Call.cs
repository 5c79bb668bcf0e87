using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>One call of a driver's method and the addresses it was about.</summary>
internal sealed record Call(string Method, UserAddress Start, UserAddress End)
{
    /// <summary>The range in pages from <see cref="Rig.Base"/>, or from the place to which a mapping was moved.</summary>
    public string ToString(UserAddress? moved)
    {
        if (Start == End)
            return $"{Method} empty";
        bool isMoved = moved is { } place && Start >= place;
        UserAddress from = isMoved ? moved!.Value : Rig.Base;
        string range = $"{(Start - from) / Rig.Page}-{(End - from) / Rig.Page}";
        return isMoved ? $"{Method} new {range}" : $"{Method} {range}";
    }
}
