namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The <c>open</c> and <c>close</c> methods of an area.</summary>
/// <param name="area">The area.</param>
public delegate void AreaMethod(VmArea area);
