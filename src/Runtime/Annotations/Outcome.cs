namespace MmapAnalyzers.Annotations;

/// <summary>For which outcome of a call an effect holds, or which outcome of a callback counts as success.</summary>
/// <remarks>Analyzers read the member's name, so a code base may declare its own copy of this enumeration.</remarks>
public enum Outcome
{
    /// <summary>Whenever the call returns.</summary>
    Always,

    /// <summary>Only when the returned value is <see langword="true"/>.</summary>
    True,

    /// <summary>Only when the returned value is <see langword="false"/>.</summary>
    False,

    /// <summary>Only when the returned number or enumeration value is zero, as kernel error numbers have it.</summary>
    Zero,

    /// <summary>Only when the returned number or enumeration value is not zero.</summary>
    NonZero,

    /// <summary>Only when the returned value is not <see langword="null"/>, not the default of its type and not marked with <see cref="NullValueAttribute"/>.</summary>
    NonNull,

    /// <summary>Only when the returned value is <see langword="null"/>.</summary>
    Null,

    /// <summary>Only when the returned number is below zero.</summary>
    Negative,

    /// <summary>Only when the returned number is zero or above.</summary>
    NonNegative,

    /// <summary>Only when the returned number is the one that <c>WhenValue</c> gives.</summary>
    Is,

    /// <summary>Only when the returned number is another than the one that <c>WhenValue</c> gives, as −1 says of a failed mapping.</summary>
    IsNot,
}
