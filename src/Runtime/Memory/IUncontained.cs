namespace MmapAnalyzers.Runtime.Memory;

/// <summary>An exception that is for whoever runs the machine: in a driver's method it is no oops and passes through.</summary>
internal interface IUncontained;
