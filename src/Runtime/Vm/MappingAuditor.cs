using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>Judges what the mappings of drivers show to processes. The core's own devices may show everything.</summary>
internal sealed class MappingAuditor(VmSystem vm)
{
    private const string Resource = "mapping";

    private readonly MachineProfile _profile = vm.Profile;
    private readonly Books _books = vm.MemMap.Books;

    /// <summary>The calls that remapped all that was asked for, and those that failed in the middle.</summary>
    public (int Whole, int Failed) Remaps { get; private set; }

    /// <summary>A driver's method remapped a range.</summary>
    /// <param name="from">The first user address.</param>
    /// <param name="physical">What it shows.</param>
    /// <param name="size">The bytes.</param>
    /// <param name="leavesMemoryOut">Whether it passes ordinary memory over, as <c>remap_page_range</c> does.</param>
    /// <param name="result">What the call returned.</param>
    public void Remapped(ulong from, ulong physical, ulong size, bool leavesMemoryOut, Errno result)
    {
        if (!_books.AreKept || _books.Context.Module is not { } module)
            return;
        Remaps = result == Errno.None ? (Remaps.Whole + 1, Remaps.Failed) : (Remaps.Whole, Remaps.Failed + 1);
        if (vm.Hardware.Memory.IsMemory(physical))
            RemappedMemory(module, from, physical, size, leavesMemoryOut);
        else if (!vm.Hardware.Memory.IsDevice(physical, size))
            ReportBeyond(module, from, physical, size, "no device answers all of it");
    }

    /// <summary><c>nopage</c> gave a page for a fault.</summary>
    public void HandedOut(VmArea area, ulong address, Page page, bool noShare)
    {
        if (!_books.AreKept || area.Module is null)
            return;
        CheckContent(page, address);
        if (noShare && (page.IsReserved || page.LedgerOrEmpty.DriverUnits > 0))
            ReportPrivate(area, address, page, "nopage answered a store to it with the device's own page");
    }

    /// <summary>A store to a private area reaches the page that was mapped there, because nobody else seems to use it.</summary>
    public void WrittenInPlace(VmArea area, ulong address, Page page)
    {
        if (_books.AreKept && area.Module is not null && page.IsReserved)
            ReportPrivate(area, address, page, "the page is reserved with count 1, so it was not copied");
    }

    /// <summary>A driver's <c>mmap</c> failed.</summary>
    /// <param name="area">The area, which is about to go.</param>
    /// <param name="before">The remaps before it was called.</param>
    public void MmapFailed(VmArea area, (int Whole, int Failed) before)
    {
        // What a remap that fails itself leaves behind is no fault of the driver's: 2.0.40 gives it nothing to clear it with.
        if (Remaps.Whole == before.Whole || Remaps.Failed != before.Failed || FindEntry(area, isPresent: true) is not { } left)
            return;
        _books.Report(RuleIds.RemappedThenFailed, area, Resource, $"mmap failed after it had remapped: the entry at {left} shows the device and lies in no area");
    }

    /// <summary>A driver's <c>mmap</c> succeeded.</summary>
    /// <param name="area">The area.</param>
    /// <param name="before">The remaps before it was called.</param>
    public void MmapSucceeded(VmArea area, (int Whole, int Failed) before)
    {
        if (Remaps.Failed == before.Failed || area.Operations?.Nopage is not null || FindEntry(area, isPresent: false) is not { } missing)
            return;
        _books.Report(RuleIds.RemapResultIgnored, area, Resource, $"remap_page_range failed and mmap returned 0: nothing is mapped at {missing}, where the process will find zeros");
    }

    private void RemappedMemory(object module, ulong from, ulong physical, ulong size, bool leavesMemoryOut)
    {
        for (ulong done = 0; done < size; done += (ulong)_profile.PageSize)
        {
            if (!vm.Hardware.Memory.IsMemory(physical + done))
            {
                ReportBeyond(module, from, physical, size, "memory ends in it");
                return;
            }

            Page page = vm.MemMap.Pages[(int)((physical + done) >> _profile.PageShift)];
            if (!page.IsReserved)
            {
                ReportMemory(page, from + done, leavesMemoryOut);
                return;
            }

            page.Ledger.IsRemapped = true;
            CheckContent(page, from + done);
        }
    }

    private void CheckContent(Page page, ulong address)
    {
        if (!page.LedgerOrEmpty.IsStale)
            return;
        page.Ledger.IsStale = false;
        _books.Report(
            RuleIds.UninitialisedPageExposed, page, "page", $"page {page.Number:x5}: mapped at {address:x8} with whatever its last owner left in it; nobody wrote to it since it was allocated");
    }

    private void ReportMemory(Page page, ulong address, bool isLeftOut) => _books.Report(
        RuleIds.RemapOfMemory,
        page,
        Resource,
        $"page {page.Number:x5}: it is ordinary memory and not reserved: remapped at {address:x8}, " +
        (isLeftOut ? "it was passed over, and the process will find zeros" : "it is shown without being counted"));

    private void ReportBeyond(object module, ulong from, ulong physical, ulong size, string why) => _books.Report(
        RuleIds.MappingBeyondDevice, module, Resource, $"{module}: remapped {physical:x8}+{size:x} at {from:x8}, but {why}");

    private void ReportPrivate(VmArea area, ulong address, Page page, string why) => _books.Report(
        RuleIds.PrivateWriteToDevice, page, "page", $"page {page.Number:x5}: the private mapping {area} writes to the device at {address:x8}: {why}");

    private UserAddress? FindEntry(VmArea area, bool isPresent)
    {
        for (ulong at = area.Low; at < area.High; at += (ulong)_profile.PageSize)
        {
            bool isMapped = vm.Hardware.Tables.TryFind(area.AddressSpace.Directory, at, out ulong location) && vm.Hardware.Tables.Read(location) != 0;
            if (isMapped == isPresent)
                return new UserAddress(at);
        }

        return null;
    }
}
