using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Protocols;

/// <summary>The framework's atomic operations on plain integers, as effects on a counter.</summary>
internal static class AtomicCounters
{
    /// <summary>How many units the call adds to its first argument, or <see langword="null"/> if it is no such call.</summary>
    /// <param name="addend">The constant second argument, if there is one.</param>
    public static int? Units(IMethodSymbol method, long? addend)
    {
        if (method.ContainingType is not { Name: "Interlocked", ContainingNamespace: { Name: "Threading", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } })
        {
            return null;
        }

        return method.Name switch
        {
            "Increment" => 1,
            "Decrement" => -1,
            "Add" when addend is > -8 and < 8 => (int)addend,
            _ => null,
        };
    }
}
