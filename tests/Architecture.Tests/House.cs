namespace MmapAnalyzers.Architecture.Tests;

/// <summary>The rooms of the house, and for each the rooms that it may use: an arrow that is not in this table is a failing test.</summary>
internal static class House
{
    /// <summary>The analyzers and their code fixes.</summary>
    public static Plan Analyzers { get; } = new(
        new("MmapAnalyzers.Diagnostics", MayUse: []),
        new("MmapAnalyzers.Symbols", MayUse: []),
        new("MmapAnalyzers.Protocols.Text", MayUse: []),
        new("MmapAnalyzers.Protocols", MayUse: ["MmapAnalyzers.Symbols", "MmapAnalyzers.Protocols.Text"]),
        new("MmapAnalyzers.Flow", MayUse: ["MmapAnalyzers.Protocols"]),
        new("MmapAnalyzers.Callbacks", MayUse: ["MmapAnalyzers.Protocols", "MmapAnalyzers.Flow"]),
        new("MmapAnalyzers.Options", MayUse: ["MmapAnalyzers.Diagnostics"]),
        new("MmapAnalyzers.Rules", MayUse:
        [
            "MmapAnalyzers.Diagnostics", "MmapAnalyzers.Symbols", "MmapAnalyzers.Protocols.Text", "MmapAnalyzers.Protocols",
            "MmapAnalyzers.Flow", "MmapAnalyzers.Callbacks", "MmapAnalyzers.Options",
        ]),
        new("MmapAnalyzers.CodeFixes.Writing", MayUse: []),
        // A repair at the call of a helper, or of a value that only the assignment names, asks the protocols what is handed over there.
        new("MmapAnalyzers.CodeFixes.Repairs", MayUse: ["MmapAnalyzers.Diagnostics", "MmapAnalyzers.Protocols", "MmapAnalyzers.Rules", "MmapAnalyzers.CodeFixes.Writing"]),
        new("MmapAnalyzers.CodeFixes", MayUse:
        [
            "MmapAnalyzers.Diagnostics", "MmapAnalyzers.Protocols", "MmapAnalyzers.Rules", "MmapAnalyzers.CodeFixes.Writing", "MmapAnalyzers.CodeFixes.Repairs",
        ]));

    /// <summary>The runtime library: every layer uses those below it, and the annotations.</summary>
    public static Plan Runtime { get; } = new(
        new("MmapAnalyzers.Annotations", MayUse: []),
        new("MmapAnalyzers.Runtime.Hardware", MayUse: ["MmapAnalyzers.Annotations"]),
        new("MmapAnalyzers.Runtime.Memory", MayUse: ["MmapAnalyzers.Annotations", "MmapAnalyzers.Runtime.Hardware"]),
        new("MmapAnalyzers.Runtime.Vm", MayUse: ["MmapAnalyzers.Annotations", "MmapAnalyzers.Runtime.Hardware", "MmapAnalyzers.Runtime.Memory"]),
        new("MmapAnalyzers.Runtime.Kernel", MayUse:
        [
            "MmapAnalyzers.Annotations", "MmapAnalyzers.Runtime.Hardware", "MmapAnalyzers.Runtime.Memory", "MmapAnalyzers.Runtime.Vm",
        ]),
        new("MmapAnalyzers.Runtime.Verification", MayUse:
        [
            "MmapAnalyzers.Annotations", "MmapAnalyzers.Runtime.Hardware", "MmapAnalyzers.Runtime.Memory", "MmapAnalyzers.Runtime.Vm",
            "MmapAnalyzers.Runtime.Kernel",
        ]),
        new("MmapAnalyzers.Runtime", MayUse:
        [
            "MmapAnalyzers.Annotations", "MmapAnalyzers.Runtime.Hardware", "MmapAnalyzers.Runtime.Memory", "MmapAnalyzers.Runtime.Vm",
            "MmapAnalyzers.Runtime.Kernel", "MmapAnalyzers.Runtime.Verification",
        ]));
}
