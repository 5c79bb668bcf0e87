namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Judges the moves of page counts and reports those that cannot be right.</summary>
internal sealed class PageAuditor(Books books)
{
    /// <summary>Whether moves are written down; nothing is looked for otherwise.</summary>
    public bool KeepsBooks => books.AreKept;

    /// <summary>A block was allocated.</summary>
    public void Allocated(Page page, object? owner, int driverUnits, bool inNopage)
    {
        if (!books.AreKept)
            return;
        if (driverUnits > 0 || page.HasLedger)
            page.Ledger.Open(owner, driverUnits, inNopage);
        if (driverUnits > 0)
            books.Journal.Add(page, "allocated", page.Count);
    }

    /// <summary>Driver code has taken a unit.</summary>
    public void Taken(Page page, bool inNopage)
    {
        if (!books.AreKept)
            return;
        page.Ledger.DriverUnits++;
        if (inNopage)
            page.Ledger.TakenInNopage++;
        books.Journal.Add(page, "taken", page.Count);
    }

    /// <summary>A page is about to be used as if it were allocated.</summary>
    public void BeforeUse(Page page, string what)
    {
        if (page.IsAllocated || page.IsReserved || !books.AreKept)
            return;
        if (page.LedgerOrEmpty is { HandedOutBare: true } or { HandedOutBareBefore: true })
            ReportBare(page, $"{what} after unmap had dropped the driver's own reference and freed it");
        else
            books.Report(RuleIds.UsedAfterRelease, page, "page", $"page {page.Number:x5}: {what} although it is free");
    }

    /// <summary><c>nopage</c> has returned a page: one unit went with it.</summary>
    public void HandedOut(Page page)
    {
        if (page.IsReserved || !books.AreKept)
            return;
        ref PageLedger ledger = ref page.Ledger;
        ledger.HandedOut++;
        ledger.DriverUnits--;
        books.Journal.Add(page, "handed out", page.Count);
        if (ledger.DriverUnits < 0)
            ReportBare(page, "it was handed out although the driver holds no unit of it");
    }

    /// <summary>Somebody wrote to the page: it has content of its own now.</summary>
    public static void Written(Page page)
    {
        if (page.HasLedger)
            page.Ledger.IsStale = false;
    }

    /// <summary>Driver code is about to give a unit back.</summary>
    public void BeforePut(Page page, bool inNopage)
    {
        if (!books.AreKept)
            return;
        ref PageLedger ledger = ref page.Ledger;
        ledger.DriverUnits--;
        books.Journal.Add(page, "given back", page.Count - 1);
        if (inNopage && ledger.TakenInNopage > ledger.HandedOut)
            ledger.TakenInNopage--;
        if (ledger.DriverUnits >= 0 && page.Count > 0)
            return;
        if (ledger.HandedOutBare || ledger.HandedOutBareBefore)
            ReportBare(page, $"unmap dropped the driver's own, and the driver then freed the page with count {page.Count}");
        else
            books.Report(RuleIds.ReleasedTwice, page, "page", $"page {page.Number:x5}: given back more often than taken, the last time with count {page.Count}");
    }

    /// <summary>The core is about to give a unit back for a table entry.</summary>
    public void BeforeDrop(Page page)
    {
        if (page.LedgerOrEmpty.IsMapped && books.AreKept)
            books.Journal.Add(page, "dropped by the core", page.Count - 1);
        if (page.Count > 0 || !books.AreKept)
            return;
        if (page.LedgerOrEmpty is { HandedOutBare: true } or { HandedOutBareBefore: true })
            ReportBare(page, $"unmap found count {page.Count}: the page was freed while it was mapped");
        else if (!books.Has(page, "page"))
            books.Report(RuleIds.ReleasedTwice, page, "page", $"page {page.Number:x5}: freed while it was mapped; unmap found count {page.Count}");
    }

    /// <summary>Driver code is about to give the last unit of a page back.</summary>
    /// <param name="page">The page.</param>
    /// <param name="mapping">Finds what still maps a page.</param>
    public void BeforeFree(Page page, Func<Page, string?>? mapping)
    {
        if (!page.LedgerOrEmpty.IsMapped || !books.AreKept || books.Has(page, "page"))
            return;
        if (mapping?.Invoke(page) is { } where)
            books.Report(RuleIds.UsedAfterRelease, page, "page", $"page {page.Number:x5}: freed while {where} maps it");
    }

    /// <summary>A module has left: whatever it still holds is lost.</summary>
    public void AfterCleanup(MemMap map, object module)
    {
        if (!books.AreKept)
            return;
        int lost = 0;
        Page? example = null;
        foreach (Page page in map.Pages)
        {
            if (!page.IsAllocated || !page.HasLedger || page.Ledger.DriverUnits <= 0 || !ReferenceEquals(page.Ledger.Owner, module))
                continue;
            lost += page.Ledger.DriverUnits;
            if (example is null || page.Ledger.TakenInNopage > page.Ledger.HandedOut)
                example = page;
        }

        if (example is not null)
            ReportLost(module, example, lost);
    }

    private void ReportLost(object module, Page page, int lost)
    {
        bool nopage = page.Ledger.TakenInNopage > page.Ledger.HandedOut;
        string how = nopage
            ? $"nopage took {page.Ledger.TakenInNopage} for {page.Ledger.HandedOut} handed out"
            : page.IsReserved ? "the page is still reserved, so freeing it did nothing" : "nobody freed it";
        books.Report(
            nopage ? RuleIds.NopageReferenceTwice : RuleIds.NotReleased,
            module,
            "page",
            $"{module} left without giving back {Amount.Of(lost, "page unit")}, one of page {page.Number:x5}: {how}");
    }

    private void ReportBare(Page page, string consequence) => books.Report(
        RuleIds.NopageWithoutReference,
        page,
        "page",
        $"page {page.Number:x5}: nopage handed it out {Amount.Of(page.Ledger.HandedOut, "time")} and took {Amount.Of(page.Ledger.TakenInNopage, "reference")}; {consequence}");
}
