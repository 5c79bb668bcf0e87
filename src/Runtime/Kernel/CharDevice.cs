namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>A registered driver: its name, its methods and the module that they belong to.</summary>
internal sealed record CharDevice(string Name, FileOperations Operations, LoadedModule? Module);
