using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Verification;

/// <summary>The count of every inode is the number of open files and areas that have it, and of the units that its driver keeps.</summary>
internal static class InodeInvariants
{
    public static void Check(LinuxKernel kernel)
    {
        foreach (Inode inode in kernel.Nodes)
        {
            int holders = inode.Audit.Holders;
            int driver = inode.Audit.DriverUnits;
            bool agrees = !kernel.MemMap.Auditor.KeepsBooks || inode.Count == holders + driver;
            Invariant.Holds(agrees, $"{inode} has {holders} open files and areas, and its driver keeps {driver} units.");
            CheckAreas(kernel, inode);
        }
    }

    private static void CheckAreas(LinuxKernel kernel, Inode inode)
    {
        int linked = 0;
        for (VmArea? area = inode.Areas.First; area is not null; area = area.NextShare)
            linked++;
        int mapped = kernel.Spaces.SelectMany(space => space.Areas).Count(area => area.SharedInode == inode);
        Invariant.Holds(linked == mapped, $"{inode} lists {linked} areas and is mapped by {mapped}.");
    }
}
