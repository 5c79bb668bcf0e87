namespace MmapAnalyzers.Runtime.Memory;

/// <summary>The kinds of steps of the kernel that can fail although nobody did anything wrong; several can be meant together.</summary>
/// <remarks>A step that needs another one counts as both: the block of a new area is one of <see cref="Area"/> and one of <see cref="Kmalloc"/>.</remarks>
[Flags]
public enum Allocation
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A block of pages, whoever needs it and whatever for (<c>__get_free_pages</c>).</summary>
    Page = 1,

    /// <summary>A page table of any level, or the frame kept for the copy of one (<c>pte_alloc</c>, <c>pmd_alloc</c>, <c>pgd_alloc</c>).</summary>
    PageTable = 2,

    /// <summary>A small object of the kernel or of a driver (<c>kmalloc</c>).</summary>
    Kmalloc = 4,

    /// <summary>The kernel's structure for an area (<c>vm_area_struct</c>).</summary>
    Area = 8,

    /// <summary>A range of <c>vmalloc</c> or <c>vremap</c> addresses.</summary>
    Vmalloc = 16,

    /// <summary>A test of user memory before it is copied (<c>verify_area</c>), which answers <c>EFAULT</c>.</summary>
    UserCopy = 32,

    /// <summary>All of them.</summary>
    All = Page | PageTable | Kmalloc | Area | Vmalloc | UserCopy,
}
