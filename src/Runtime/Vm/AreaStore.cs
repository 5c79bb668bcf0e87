using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Makes and frees areas. Each takes a block of the kernel's memory, as <c>kmalloc</c> of a <c>vm_area_struct</c> does: when memory is exhausted there is none.</summary>
internal sealed class AreaStore(Kmalloc kmalloc, Books books, MachineProfile profile)
{
    /// <summary>The words of a <c>vm_area_struct</c>.</summary>
    private const int Words = 15;

    private readonly AreaAfterlife _afterlife = new(books);
    private readonly int _size = Words * profile.AddressBits / 8;

    /// <summary>Makes an area.</summary>
    /// <returns>It, or null when memory is exhausted.</returns>
    public VmArea? Make(AddressSpace space, ulong start, ulong end) =>
        Allocate() is not 0 and var block ? new VmArea(space, start, end) { Block = block } : null;

    /// <summary>Makes a copy of an area, in no list.</summary>
    /// <returns>It, or null when memory is exhausted.</returns>
    public VmArea? Copy(VmArea area, AddressSpace space) => CopyInto(Allocate(), area, space);

    /// <summary>Makes a copy in a block that was put aside; without one, as the other overload.</summary>
    public VmArea? Copy(VmArea area, AddressSpace space, ref AreaSpares spares) =>
        spares.Take() is not 0 and var block ? CopyInto(block, area, space) : Copy(area, space);

    /// <summary>Frees an area that is in no list any more.</summary>
    public void Free(VmArea area)
    {
        if (area.Block != 0)
            kmalloc.Free(area.Block);
        area.Block = 0;
        area.Afterlife = books.AreKept ? _afterlife : null;
    }

    /// <summary>Puts blocks aside.</summary>
    /// <param name="count">How many, at most <see cref="AreaSpares.Most"/>.</param>
    /// <param name="spares">The blocks.</param>
    /// <returns>Whether there was memory for all; if not, none is kept.</returns>
    public bool Reserve(int count, out AreaSpares spares)
    {
        spares = default;
        for (int i = 0; i < count; i++)
        {
            if (Allocate() is not 0 and var block)
            {
                spares.Put(block);
                continue;
            }

            Release(ref spares);
            return false;
        }

        return true;
    }

    /// <summary>Gives back what was put aside and not used.</summary>
    public void Release(ref AreaSpares spares)
    {
        while (spares.Take() is not 0 and var block)
            kmalloc.Free(block);
    }

    private ulong Allocate() => kmalloc.Injection.ShallFail(Allocation.Area) ? 0 : kmalloc.Allocate(_size);

    private static VmArea? CopyInto(ulong block, VmArea area, AddressSpace space)
    {
        if (block == 0)
            return null;
        VmArea copy = area.Copy(space);
        copy.Block = block;
        return copy;
    }
}
