namespace MmapAnalyzers.Runtime.Memory;

/// <summary>
/// How the units of one page moved while it was allocated: what its driver holds, what <c>nopage</c> handed to the core and what it took for that.
/// A driver that hands out more than it holds has given away a unit that somebody else will drop.
/// </summary>
internal struct PageLedger
{
    /// <summary>Units that driver code holds: allocations and gets, less puts and less what went to the core with a <c>nopage</c> result.</summary>
    public int DriverUnits;

    /// <summary>Times <c>nopage</c> returned the page.</summary>
    public int HandedOut;

    /// <summary>Units taken inside <c>nopage</c>, less those given back there again.</summary>
    public int TakenInNopage;

    /// <summary>The module that allocated it; null for the core's own pages and for code that no module owns.</summary>
    public object? Owner;

    /// <summary>Whether, while it was allocated the last time, <c>nopage</c> handed it out without taking a unit.</summary>
    public bool HandedOutBareBefore;

    /// <summary>Whether it was remapped into a process while it was reserved.</summary>
    public bool IsRemapped;

    /// <summary>Whether it was allocated as it was and its driver wrote nothing to it so far.</summary>
    public bool IsStale;

    /// <summary>Whether it was mapped into a process at any time since it was allocated.</summary>
    public readonly bool IsMapped => IsRemapped || HandedOut > 0;

    /// <summary>Whether <c>nopage</c> handed the page out more often than it took a unit for it.</summary>
    public readonly bool HandedOutBare => HandedOut > TakenInNopage;

    /// <summary>Starts the books of a new allocation.</summary>
    public void Open(object? owner, int driverUnits, bool inNopage) => this = new PageLedger
    {
        Owner = owner,
        DriverUnits = driverUnits,
        TakenInNopage = inNopage ? driverUnits : 0,
        HandedOutBareBefore = HandedOutBare,
    };
}
