using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using MmapAnalyzers.Runtime;

namespace MmapAnalyzers.Tests.Verification;

/// <summary>What test programs are compiled against: the framework and the runtime, and the usings that a driver file begins with.</summary>
internal static class References
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12);

    public static readonly ImmutableArray<MetadataReference> All =
        [.. Basic.Reference.Assemblies.Net100.References.All, MetadataReference.CreateFromFile(typeof(Machine).Assembly.Location)];

    public const string GlobalUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using MmapAnalyzers.Annotations;
        global using MmapAnalyzers.Runtime;
        global using MmapAnalyzers.Runtime.Hardware;
        global using MmapAnalyzers.Runtime.Memory;
        global using MmapAnalyzers.Runtime.Vm;
        global using MmapAnalyzers.Runtime.Kernel;
        """;

    public static void AddTo(SolutionState state)
    {
        state.ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        state.AdditionalReferences.AddRange(All);
        state.Sources.Add(("GlobalUsings.cs", GlobalUsings));
    }
}
