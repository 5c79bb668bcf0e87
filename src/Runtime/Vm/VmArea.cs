using System.Diagnostics;
using System.Globalization;
using MmapAnalyzers.Annotations;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>A range of user addresses that one mapping made (<c>struct vm_area_struct</c>).</summary>
/// <remarks>
/// 2.0 trims by copying: whatever is left of an area after a partial unmap is a new object. There is no pointer to the open file and none for
/// the driver's own use: a driver reaches its device through <see cref="Inode"/>.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class VmArea
{
    private VmFlags _flags;

    internal VmArea(AddressSpace space, ulong start, ulong end)
    {
        AddressSpace = space;
        Low = start;
        High = end;
    }

    /// <summary>The first address (<c>vm_start</c>).</summary>
    public UserAddress Start
    {
        get
        {
            Afterlife?.Touch(this);
            return new(Low);
        }
    }

    /// <summary>The first address behind the area (<c>vm_end</c>); equal to <see cref="Start"/> when <c>close</c> is called for an area whose pages stay mapped.</summary>
    public UserAddress End
    {
        get
        {
            Afterlife?.Touch(this);
            return new(High);
        }
    }

    /// <summary>The bytes of the area: <see cref="End"/> less <see cref="Start"/>.</summary>
    public ulong Length => High - Low;

    /// <summary>Where in the object the area starts, in <b>bytes</b> (<c>vm_offset</c>). The core does not check its alignment.</summary>
    public ulong Offset { get; set; }

    /// <summary>What is allowed and how the area behaves (<c>vm_flags</c>).</summary>
    public VmFlags Flags
    {
        get => _flags;
        set
        {
            _flags = value;
            Tree?.RefreshFlags(this);
        }
    }

    /// <summary>The bits that entries of this area get (<c>vm_page_prot</c>).</summary>
    public PageProtection PageProtection { get; set; }

    /// <summary>
    /// The object mapped (<c>vm_inode</c>). The <c>mmap</c> method sets it and counts it with <see cref="Vm.Inode.Get"/>; from then on the core
    /// counts it for every copy of the area and gives one unit back for every area that goes.
    /// </summary>
    [Transfers("inode")]
    public Inode? Inode { get; set; }

    /// <summary>The methods of the area (<c>vm_ops</c>); null for one that needs none.</summary>
    public VmOperations? Operations { get; set; }

    /// <summary>The address space that the area is part of (<c>vm_mm</c>). At exit the current process has another one already: use this.</summary>
    public AddressSpace AddressSpace { get; }

    /// <summary>The tree that the area is in and that knows its flags, or null.</summary>
    internal AreaTree? Tree { get; set; }

    /// <summary>The memory that the structure takes; 0 for an area that was freed.</summary>
    internal ulong Block { get; set; }

    /// <summary>What watches the area after its end; null while it lives.</summary>
    internal AreaAfterlife? Afterlife { get; set; }

    internal ulong Low { get; set; }

    internal ulong High { get; set; }

    /// <summary>The entry that stands for the first page of a shared segment that is attached here (<c>vm_pte</c>); 0 for any other area.</summary>
    internal ulong Signature { get; set; }

    /// <summary>The module whose device was mapped: the methods are its code.</summary>
    internal object? Module { get; set; }

    /// <summary>The inode that knows of this area; null while the area is not in its ring.</summary>
    internal Inode? SharedInode { get; private set; }

    /// <summary>The next area of the same inode (<c>vm_next_share</c>).</summary>
    internal VmArea? NextShare { get; set; }

    /// <summary>The area before this one in the inode's ring (<c>vm_prev_share</c>).</summary>
    internal VmArea? PreviousShare { get; set; }

    /// <summary>The area as a line of <c>/proc/pid/maps</c>, with addresses as wide as those of the machine: range, rights, offset, device, number of the inode, and its path.</summary>
    public override string ToString() => $"{Show(Low)}-{Show(High)} {Rights} {Show(Offset)} {Inode?.Device ?? "00:00"} {Inode?.Number ?? 0}{(Inode is null ? "" : " " + Inode.Path)}";

    private string Rights => $"{Flag(VmFlags.Read, 'r')}{Flag(VmFlags.Write, 'w')}{Flag(VmFlags.Exec, 'x')}{((Flags & VmFlags.MayShare) != 0 ? 's' : 'p')}";

    /// <summary>A copy as the kernel makes it: every field of the original, in no list.</summary>
    internal VmArea Copy(AddressSpace space) => new(space, Low, High)
    {
        Offset = Offset,
        Flags = Flags,
        PageProtection = PageProtection,
        Inode = Inode,
        Operations = Operations,
        Module = Module,
        Signature = Signature,
    };

    /// <summary>Enters the inode's ring of areas (<c>insert_vm_struct</c>).</summary>
    internal void LinkInode()
    {
        SharedInode = Inode;
        if (SharedInode is null)
            return;
        SharedInode.Audit.Holders++;
        SharedInode.Areas.Add(this);
    }

    /// <summary>Leaves the inode's ring of areas (<c>remove_shared_vm_struct</c>).</summary>
    internal void UnlinkInode()
    {
        if (SharedInode is null)
            return;
        SharedInode.Audit.Holders--;
        SharedInode.Areas.Remove(this);
        SharedInode = null;
    }

    private string Show(ulong number) => number.ToString(AddressSpace.AddressFormat, CultureInfo.InvariantCulture);

    private char Flag(VmFlags flag, char letter) => (Flags & flag) != 0 ? letter : '-';
}
