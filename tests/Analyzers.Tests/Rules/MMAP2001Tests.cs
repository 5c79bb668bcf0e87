using System.Globalization;
using Microsoft.CodeAnalysis;
using MmapAnalyzers.Tests.Verification;
using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP2001Tests
{
    /// <summary>A driver around the body of nopage, with pages of its own.</summary>
    private static string Driver(string nopage, string members = "") =>
        $$"""
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;
            private readonly KernelAddress[] _pages = new KernelAddress[16];
            public Driver() => _ops = new VmOperations { Nopage = Nopage };
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                area.Operations = _ops;
                return Errno.None;
            }
            {{members}}
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                {{nopage}}
            }
        }
        """;

    [Fact]
    public Task The_device_s_own_page_is_returned() => Verify.Reports(Driver(
        """
        if (address - area.Start >= 65536)
            return KernelAddress.Null;
        KernelAddress page = _pages[0];
        {|MMAP2001:return page;|}
        """));

    [Fact]
    public Task A_lazily_allocated_page_belongs_to_the_array() => Verify.Reports(Driver(
        """
        int index = (int)((address - area.Start) >> 12);
        if (_pages[index].IsNull)
        {
            KernelAddress fresh = Kernel.GetFreePage();
            if (fresh.IsNull)
                return KernelAddress.Null;
            _pages[index] = fresh;
        }
        {|MMAP2001:return _pages[index];|}
        """));

    [Fact]
    public Task The_first_element_is_counted_and_another_is_returned() => Verify.Reports(Driver(
        """
        KernelAddress first = _pages[0];
        KernelAddress second = _pages[1];
        Kernel.GetPage(first);
        {|MMAP2001:return second;|}
        """));

    [Fact]
    public Task A_private_copy_is_right_and_the_shared_page_is_not_counted() => Verify.Reports(Driver(
        """
        if (noShare)
            return Kernel.GetDirtyPage();
        {|MMAP2001:return _pages[0];|}
        """));

    [Fact]
    public Task The_walk_through_the_page_tables_ends_without_a_reference() => Verify.Reports(Driver(
        """
        ulong lookup = Kernel.VmallocVmaddr(_buffer + (address - area.Start));
        PageTableEntry entry = Kernel.PteOffset(Kernel.PmdOffset(Kernel.PgdOffset(Kernel.InitMm, lookup), lookup), lookup);
        if (!entry.IsPresent)
            return KernelAddress.Null;
        {|MMAP2001:return Kernel.PtePage(entry);|}
        """,
        """
        private KernelAddress _buffer;
        """));

    [Fact]
    public Task A_lookup_helper_s_page_is_returned_as_it_is() => Verify.Reports(Driver(
        """
        {|MMAP2001:return Find(address - area.Start);|}
        """,
        """
        private KernelAddress Find(ulong offset) => offset < 65536 ? _pages[offset >> 12] : KernelAddress.Null;
        """));

    [Fact]
    public Task An_out_parameter_s_page_is_returned_as_it_is() => Verify.Reports(Driver(
        """
        if (!TryFind(address, out KernelAddress page))
            return KernelAddress.Null;
        {|MMAP2001:return page;|}
        """,
        """
        private bool TryFind(UserAddress address, out KernelAddress page)
        {
            page = _pages[0];
            return !page.IsNull;
        }
        """));

    [Fact]
    public Task A_dictionary_s_page_is_returned_as_it_is() => Verify.Reports(Driver(
        """
        if (!_byOffset.TryGetValue(address - area.Start, out KernelAddress page))
            return KernelAddress.Null;
        {|MMAP2001:return page;|}
        """,
        """
        private readonly Dictionary<ulong, KernelAddress> _byOffset = new();
        """));

    [Fact]
    public Task A_search_returns_the_first_page_it_finds() => Verify.Reports(Driver(
        """
        foreach (KernelAddress page in _pages)
        {
            if (!page.IsNull)
                {|MMAP2001:return page;|}
        }
        return KernelAddress.Null;
        """));

    [Fact]
    public Task A_list_of_nodes_is_walked() => Verify.Reports(Driver(
        """
        for (Node? node = _head; node is not null; node = node.Next)
        {
            if (node.Offset == address - area.Start)
                {|MMAP2001:return node.Page;|}
        }
        return KernelAddress.Null;
        """,
        """
        private sealed class Node { public ulong Offset; public KernelAddress Page; public Node? Next; }
        private Node? _head;
        """));

    [Fact]
    public Task One_branch_forgets() => Verify.Reports(Driver(
        """
        KernelAddress page;
        if (noShare)
        {
            page = _pages[0];
            Kernel.GetPage(page);
        }
        else
        {
            page = _pages[1];
        }
        {|MMAP2001:return page;|}
        """));

    [Fact]
    public Task The_reference_is_given_back_before_the_return() => Verify.Reports(Driver(
        """
        KernelAddress page = _pages[0];
        Kernel.GetPage(page);
        Kernel.FreePage(page);
        {|MMAP2001:return page;|}
        """));

    [Fact]
    public Task One_arm_of_a_switch_expression_forgets() => Verify.Reports(Driver(
        """
        {|MMAP2001:return area.Offset switch|}
        {
            0 => Counted(_pages[0]),
            4096 => _pages[1],
            _ => KernelAddress.Null,
        };
        """,
        """
        private KernelAddress Counted(KernelAddress page) { Kernel.GetPage(page); return page; }
        """));

    [Fact]
    public Task Inside_a_lock_it_is_forgotten_too() => Verify.Reports(Driver(
        """
        lock (_pages)
        {
            {|MMAP2001:return _pages[0];|}
        }
        """));

    [Fact]
    public Task An_offset_into_a_block_is_returned() => Verify.Reports(Driver(
        """
        {|MMAP2001:return _block + (address - area.Start);|}
        """,
        """
        private KernelAddress _block;
        """));

    [Fact]
    public Task An_auto_property_s_page_is_returned() => Verify.Reports(Driver(
        """
        {|MMAP2001:return Shared;|}
        """,
        """
        private KernelAddress Shared { get; set; }
        """));

    [Fact]
    public Task A_hole_and_a_counted_page() => Verify.Clean(Driver(
        """
        ulong index = (address - area.Start + area.Offset) >> 12;
        if (index >= 16 || _pages[index].IsNull)
            return KernelAddress.Null;
        Kernel.GetPage(_pages[index]);
        return _pages[index];
        """));

    [Fact]
    public Task The_mail_s_walk_counts_the_page_of_the_entry() => Verify.Clean(Driver(
        """
        ulong offset = address - area.Start + area.Offset;
        if (offset >= 65536)
            return KernelAddress.Null;
        ulong lookup = Kernel.VmallocVmaddr(_buffer + offset);
        PageDirectoryEntry pgd = Kernel.PgdOffset(Kernel.InitMm, lookup);
        PageMiddleDirectoryEntry pmd = Kernel.PmdOffset(pgd, lookup);
        PageTableEntry pte = Kernel.PteOffset(pmd, lookup);
        KernelAddress page = Kernel.PtePage(pte);
        Kernel.GetPage(page);
        return page;
        """,
        """
        private KernelAddress _buffer;
        """));

    [Fact]
    public Task The_entry_of_mem_map_is_counted() => Verify.Clean(Driver(
        """
        KernelAddress page = _pages[0];
        if (page == KernelAddress.Null)
            return page;
        Kernel.MemMap[Kernel.MapNr(page)].Get();
        return page;
        """));

    [Fact]
    public Task The_entry_of_mem_map_is_counted_through_locals() => Verify.Clean(Driver(
        """
        KernelAddress page = _pages[0];
        int number = Kernel.MapNr(page);
        Page entry = Kernel.MemMap[number];
        entry.Get();
        return page;
        """));

    [Fact]
    public Task A_borrowed_page_asked_for_twice_is_one_page() => Verify.Clean(Driver(
        """
        ulong lookup = Kernel.VmallocVmaddr(_buffer);
        PageTableEntry entry = Kernel.PteOffset(Kernel.PmdOffset(Kernel.PgdOffset(Kernel.InitMm, lookup), lookup), lookup);
        Kernel.MemMap[Kernel.MapNr(Kernel.PtePage(entry))].Get();
        return Kernel.PtePage(entry);
        """,
        """
        private KernelAddress _buffer;
        """));

    [Fact]
    public Task A_fresh_page_carries_its_own_reference() => Verify.Clean(Driver(
        """
        return Kernel.GetFreePage();
        """));

    [Fact]
    public Task A_filled_fresh_page_carries_its_own_reference() => Verify.Clean(Driver(
        """
        KernelAddress page = Kernel.GetFreePage();
        if (page.IsNull)
            return KernelAddress.Null;
        Kernel.Access(page, 4096).Fill(1);
        return page;
        """));

    [Fact]
    public Task A_private_mapping_gets_a_copy_and_a_shared_one_a_reference() => Verify.Clean(Driver(
        """
        KernelAddress page = _pages[0];
        if (noShare)
        {
            KernelAddress copy = Kernel.GetDirtyPage();
            if (!copy.IsNull)
                Kernel.Access(page, 4096).CopyTo(Kernel.Access(copy, 4096));
            return copy;
        }
        Kernel.GetPage(page);
        return page;
        """));

    [Fact]
    public Task A_reserved_page_needs_no_reference() => Verify.Clean(Driver(
        """
        return _reserved;
        """,
        """
        private KernelAddress _reserved;
        private void Reserve()
        {
            _reserved = Kernel.GetFreePage();
            Kernel.ReservePage(_reserved);
        }
        """));

    [Fact]
    public Task Reserved_elements_need_no_reference() => Verify.Clean(Driver(
        """
        return _pages[(address - area.Start) >> 12];
        """,
        """
        private void Reserve()
        {
            for (int i = 0; i < 16; i++)
            {
                _pages[i] = Kernel.GetFreePage();
                Kernel.ReservePage(_pages[i]);
            }
        }
        """));

    [Fact]
    public Task A_lazily_allocated_page_is_counted_for_the_process() => Verify.Clean(Driver(
        """
        KernelAddress page = _pages[0];
        if (page.IsNull)
        {
            page = Kernel.GetFreePage();
            if (page.IsNull)
                return page;
            _pages[0] = page;
        }
        Kernel.GetPage(page);
        return page;
        """));

    [Fact]
    public Task A_ref_local_names_the_slot() => Verify.Clean(Driver(
        """
        ref KernelAddress slot = ref _pages[(address - area.Start) >> 12];
        if (slot.IsNull)
            slot = Kernel.GetFreePage();
        if (slot.IsNull)
            return slot;
        Kernel.GetPage(slot);
        return slot;
        """));

    [Fact]
    public Task A_helper_counts_and_returns() => Verify.Clean(Driver(
        """
        return Counted(_pages[0]);
        """,
        """
        private KernelAddress Counted(KernelAddress page) { Kernel.GetPage(page); return page; }
        """));

    [Fact]
    public Task A_static_helper_counts_by_mem_map() => Verify.Clean(Driver(
        """
        Take(Kernel, _pages[0]);
        return _pages[0];
        """,
        """
        private static void Take(LinuxKernel kernel, KernelAddress page) => kernel.MemMap[kernel.MapNr(page)].Get();
        """));

    [Fact]
    public Task A_dictionary_fills_itself_and_the_page_is_counted() => Verify.Clean(Driver(
        """
        if (!_byOffset.TryGetValue(address - area.Start, out KernelAddress page))
        {
            page = Kernel.GetFreePage();
            if (page.IsNull)
                return page;
            _byOffset.Add(address - area.Start, page);
        }
        Kernel.GetPage(page);
        return page;
        """,
        """
        private readonly Dictionary<ulong, KernelAddress> _byOffset = new();
        """));

    [Fact]
    public Task A_search_counts_what_it_found() => Verify.Clean(Driver(
        """
        KernelAddress found = KernelAddress.Null;
        for (int i = 0; i < _pages.Length; i++)
        {
            if (_pages[i].IsNull)
                continue;
            found = _pages[i];
            Kernel.GetPage(found);
            break;
        }
        return found;
        """));

    [Fact]
    public Task A_nullable_address_is_counted_where_there_is_one() => Verify.Clean(Driver(
        """
        if (Find(address) is not { } page)
            return KernelAddress.Null;
        Kernel.GetPage(page);
        return page;
        """,
        """
        private KernelAddress? Find(UserAddress address) => address.Value > 4096 ? _pages[3] : null;
        """));

    [Fact]
    public Task A_nullable_address_comes_counted() => Verify.Clean(Driver(
        """
        return Find(address) ?? KernelAddress.Null;
        """,
        """
        private KernelAddress? Find(UserAddress address)
        {
            if (_pages[3].IsNull)
                return null;
            Kernel.GetPage(_pages[3]);
            return _pages[3];
        }
        """));

    [Fact]
    public Task The_same_sum_twice_is_one_page() => Verify.Clean(Driver(
        """
        ulong offset = address - area.Start + area.Offset;
        Kernel.GetPage(_block + offset);
        return _block + offset;
        """,
        """
        private KernelAddress _block;
        """));

    [Fact]
    public Task A_page_source_behind_an_interface_is_not_judged() => Verify.Clean(Driver(
        """
        return _source.Get(address);
        """,
        """
        private interface ISource { KernelAddress Get(UserAddress address); }
        private readonly ISource _source = null!;
        """));

    [Fact]
    public Task A_page_source_that_promises_a_reference() => Verify.Clean(Driver(
        """
        return _source.Get(address);
        """,
        """
        private interface ISource { [return: Acquires("page")] KernelAddress Get(UserAddress address); }
        private readonly ISource _source = null!;
        """));

    [Fact]
    public Task A_delegate_s_page_is_not_judged() => Verify.Clean(Driver(
        """
        return _find(address);
        """,
        """
        private readonly Func<UserAddress, KernelAddress> _find = null!;
        """));

    [Fact]
    public Task Only_holes_and_exceptions() => Verify.Clean(Driver(
        """
        if (area.Length == 0)
            throw new InvalidOperationException();
        return KernelAddress.Null;
        """));

    [Fact]
    public Task A_slot_that_is_cleared_gives_its_own_reference_away() => Verify.Clean(Driver(
        """
        KernelAddress page = _pages[0];
        _pages[0] = KernelAddress.Null;
        return page;
        """));

    [Fact]
    public Task A_page_taken_off_a_stack_brings_its_own_reference() => Verify.Clean(Driver(
        """
        return _free.TryPop(out KernelAddress page) ? page : KernelAddress.Null;
        """,
        """
        private readonly Stack<KernelAddress> _free = new();
        private void Fill() => _free.Push(Kernel.GetFreePage());
        """));

    [Fact]
    public Task A_page_taken_off_a_queue_brings_its_own_reference() => Verify.Clean(Driver(
        """
        if (_free.Count == 0)
            return KernelAddress.Null;
        return _free.Dequeue();
        """,
        """
        private readonly Queue<KernelAddress> _free = new();
        private void Fill() => _free.Enqueue(Kernel.GetFreePage());
        """));

    [Fact]
    public Task A_page_reserved_by_the_helper_that_makes_it_needs_no_reference() => Verify.Clean(Driver(
        """
        return _pages[(address - area.Start) >> 12];
        """,
        """
        private void Reserve() => _pages[0] = MakeReserved();
        private KernelAddress MakeReserved()
        {
            KernelAddress page = Kernel.GetFreePage();
            if (!page.IsNull)
                Kernel.ReservePage(page);
            return page;
        }
        """));

    [Fact]
    public Task Its_number_says_that_there_is_no_page() => Verify.Clean(Driver(
        """
        KernelAddress page = _pages[0];
        if (page.Value == 0)
            return page;
        Kernel.GetPage(page);
        return page;
        """));

    [Fact]
    public Task A_flag_remembers_that_the_page_is_fresh() => Verify.Clean(Driver(
        """
        bool fresh = false;
        KernelAddress page = _pages[0];
        if (page.IsNull)
        {
            page = Kernel.GetFreePage();
            fresh = true;
        }
        if (!fresh)
            Kernel.GetPage(page);
        return page;
        """));

    [Fact]
    public Task A_scope_gives_back_what_it_still_holds() => Verify.Clean(Driver(
        """
        using var held = new Held(Kernel, _pages[0]);
        return held.Detach();
        """,
        """
        private sealed class Held : IDisposable
        {
            private readonly LinuxKernel _kernel;
            private KernelAddress _page;
            public Held(LinuxKernel kernel, KernelAddress page)
            {
                _kernel = kernel;
                _page = page;
                kernel.GetPage(page);
            }
            public KernelAddress Detach()
            {
                KernelAddress page = _page;
                _page = KernelAddress.Null;
                return page;
            }
            public void Dispose()
            {
                if (!_page.IsNull)
                    _kernel.FreePage(_page);
            }
        }
        """));

    [Fact]
    public Task An_error_number_says_that_the_page_was_counted() => Verify.Clean(Driver(
        """
        Errno error = Find(out KernelAddress page);
        return error == Errno.None ? page : KernelAddress.Null;
        """,
        """
        private Errno Find(out KernelAddress page)
        {
            page = _pages[0];
            if (page.IsNull)
                return Errno.EFAULT;
            Kernel.GetPage(page);
            return Errno.None;
        }
        """));

    [Fact]
    public async Task The_message_names_the_page_and_the_path()
    {
        Diagnostic found = Assert.Single(await Analysis.Of(Driver(
            """
            KernelAddress page = _pages[1];
            if (noShare)
                Kernel.GetPage(page);
            return page;
            """)));
        Assert.Equal(
            "The 'page' returned here comes without a reference when 'noShare' is false: the unmap gives one back, which is then the driver's own",
            found.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(
            [
                "noShare",
                "page",
            ],
            Analysis.Story(found));
    }
}
