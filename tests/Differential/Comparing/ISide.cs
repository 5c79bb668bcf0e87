using MmapAnalyzers.Differential.Programs;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Differential.Comparing;

/// <summary>A kernel with one process, and its children, that a program can be run on. Addresses are those of the arena.</summary>
internal interface ISide
{
    Outcome Map(ulong address, ulong length, Protection protection, MapFlags flags, FileKind file, ulong offset);

    Outcome Unmap(ulong address, ulong length);

    Outcome Protect(ulong address, ulong length, Protection protection);

    Outcome Remap(ulong address, ulong oldLength, ulong newLength, MremapFlags flags);

    Outcome Read(int who, ulong address);

    Outcome Write(int who, ulong address, ulong value);

    /// <summary>Makes a child that is known by a number which is free.</summary>
    Outcome Fork(int who);

    /// <summary>Ends a child.</summary>
    Outcome Exit(int who);

    /// <summary>Lists the areas of a process.</summary>
    void List(int who, SpaceView view);
}
