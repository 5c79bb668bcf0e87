using Microsoft.CodeAnalysis;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>Which outcomes a value of a type can have.</summary>
internal static class OutcomeSense
{
    public static bool CanBe(Outcome outcome, ITypeSymbol type) => outcome switch
    {
        Outcome.True or Outcome.False => type.SpecialType == SpecialType.System_Boolean,
        Outcome.Zero or Outcome.NonZero or Outcome.Is or Outcome.IsNot => IsNumber(type) || IsHandle(type),
        Outcome.Negative or Outcome.NonNegative => IsNumber(type) || IsHandle(type),
        Outcome.NonNull or Outcome.Null => type.SpecialType is not (SpecialType.System_Void or SpecialType.System_Boolean),
        _ => true,
    };

    private static bool IsNumber(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Enum or TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.TypeParameter
        || type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr;

    /// <summary>Native functions are declared with safe handles and structures too, which hold the number.</summary>
    private static bool IsHandle(ITypeSymbol type) => type is { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None };
}
