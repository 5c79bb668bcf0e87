using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Makes, shares and drops address spaces (<c>copy_mm</c>, <c>exec_mmap</c>, <c>exit_mm</c>).</summary>
internal sealed class SpaceKeeper(VmSystem vm, Kmalloc kmalloc)
{
    /// <summary>The words of an <c>mm_struct</c>.</summary>
    private const int Words = 26;

    private readonly int _size = Words * vm.Profile.AddressBits / 8;

    /// <summary>Makes an empty address space with one user.</summary>
    /// <returns>It, or null when memory is exhausted.</returns>
    public AddressSpace? Make()
    {
        ulong block = kmalloc.Allocate(_size);
        if (block == 0)
            return null;
        if (vm.Directories.Create() is not 0 and var directory)
            return new AddressSpace(vm.Hardware, vm.MemMap.KernelLock, directory) { Block = block };
        kmalloc.Free(block);
        return null;
    }

    /// <summary>Makes a copy for a child: what its areas map, its break and, as in 2.0.40, its count of locked pages although no area is locked any more.</summary>
    /// <returns>It, or null when memory is exhausted.</returns>
    public AddressSpace? Copy(AddressSpace parent)
    {
        if (Make() is not { } child)
            return null;
        Errno error = Errno.ENOMEM;
        child.Inherit(parent);
        try
        {
            error = vm.Copier.Copy(parent, child);
        }
        catch (ProcessKilledException)
        {
            vm.Unmapper.UnmapAll(child);
            throw;
        }
        finally
        {
            if (error != Errno.None)
                Free(child);
        }

        return error == Errno.None ? child : null;
    }

    /// <summary>One more process uses the address space (<c>CLONE_VM</c>): no method of any area hears of it.</summary>
    public AddressSpace Share(AddressSpace space)
    {
        space.Users++;
        return space;
    }

    /// <summary>One process less uses it; with the last one everything in it goes.</summary>
    public void Drop(AddressSpace space)
    {
        if (--space.Users > 0)
            return;
        vm.Unmapper.UnmapAll(space);
        Free(space);
    }

    /// <summary>Makes room for a new program: empties the address space, or leaves it to the others that use it.</summary>
    /// <returns>The address space of the program, empty; null when others use the old one and memory for another is exhausted.</returns>
    /// <exception cref="ProcessKilledException">A method of an area was an oops; all the same everything is gone.</exception>
    public AddressSpace? Exec(AddressSpace space)
    {
        if (space.Users > 1)
            return Leave(space);
        ProcessKilledException? killed = vm.Unmapper.UnmapAll(space);
        vm.Directories.Clear(space.Directory);
        space.FlushTlb();
        space.Break = space.CodeEnd;
        return killed is null ? space : throw killed;
    }

    private AddressSpace? Leave(AddressSpace shared)
    {
        if (Make() is not { } own)
            return null;
        own.Inherit(shared);
        own.Break = own.CodeEnd;
        shared.Users--;
        return own;
    }

    private void Free(AddressSpace space)
    {
        vm.Directories.Free(space.Directory);
        kmalloc.Free(space.Block);
    }
}
