using Microsoft.CodeAnalysis;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Callbacks;

/// <summary>A function as a value, with the object it is bound to.</summary>
/// <param name="Receiver">The expression whose value the function runs on; <see langword="null"/> for statics, lambdas and local functions.</param>
internal sealed record BoundFunction(IMethodSymbol Function, IOperation? Receiver);

/// <summary>What a slot of a table was given.</summary>
/// <param name="Functions">The functions it may hold; empty when it holds null.</param>
/// <param name="IsUnknown">It may hold something that was not found.</param>
/// <param name="Site">The assignment or argument that fills it.</param>
internal sealed record SlotValue(ISymbol Slot, Role Role, ImmutableArray<BoundFunction> Functions, bool IsUnknown, SyntaxNode Site)
{
    /// <summary>The one function the slot holds, if it is known to hold just that.</summary>
    public BoundFunction? Only => !IsUnknown && Functions is [var function] ? function : null;
}

/// <summary>One operation table of the source: a creation of a type with role slots, and what its slots were given.</summary>
internal sealed record OperationTable(SyntaxNode Creation, INamedTypeSymbol Type, ImmutableArray<SlotValue> Slots)
{
    public SlotValue? this[string role] => Slots.FirstOrDefault(slot => slot.Role.Contract.Role == role && (slot.IsUnknown || !slot.Functions.IsEmpty));
}

/// <summary>A role that a function plays, with the table it was put into, if any.</summary>
internal sealed record RoleBinding(Role Role, OperationTable? Table);
