using MmapAnalyzers.Runtime.Memory;

namespace MmapAnalyzers.Runtime.Vm;

/// <summary>The books of one inode: who must hold it, and what the driver's methods took and gave back.</summary>
internal sealed class InodeAudit(Inode inode, Books books, CallContext context)
{
    private readonly int[] _units = new int[Enum.GetValues<DriverCallback>().Length];
    private int _opens;
    private int _closes;
    private int _linkedByMmap;

    /// <summary>Open files and linked areas: each of them gives one unit back one day.</summary>
    public int Holders { get; set; }

    /// <summary>The units that the driver took and gave to no area.</summary>
    public int DriverUnits => _units.Sum() - _linkedByMmap;

    public int MmapUnits => Units(DriverCallback.Mmap);

    public void CountOpen() => _opens++;

    public void CountClose() => _closes++;

    public void CountLinkByMmap() => _linkedByMmap++;

    public void Book(int units)
    {
        if (!books.AreKept)
            return;
        _units[(int)context.Callback] += units;
        books.Journal.Add(inode, units > 0 ? "taken" : "given back", inode.Count + units);
    }

    /// <summary>The <c>mmap</c> method failed: what it moved was for nothing.</summary>
    public void MmapFailed(int unitsBefore)
    {
        _units[(int)DriverCallback.FailedMmap] += MmapUnits - unitsBefore;
        _units[(int)DriverCallback.Mmap] = unitsBefore;
    }

    /// <summary>A unit was given back.</summary>
    public void AfterDrop(int count)
    {
        if (count >= Holders || !books.AreKept)
            return;
        (string rule, string account) = Shortage();
        books.Report(rule, inode, "inode", $"inode {inode.Path}: {account}: count fell to {count} while {Amount.Of(Holders, "holder")} remained");
    }

    /// <summary>All files are closed and all areas gone.</summary>
    public void AtShutdown()
    {
        if (!books.AreKept)
            return;
        int left = inode.Count - Units(DriverCallback.None) - Units(DriverCallback.Init) - Units(DriverCallback.Cleanup);
        if (left <= 0)
            return;
        (string rule, string account) = Surplus();
        books.Report(rule, inode, "inode", $"inode {inode.Path}: {account}: {Amount.Of(left, "unit")} never given back");
    }

    private (string Rule, string Account) Shortage()
    {
        int open = Units(DriverCallback.Open);
        int close = Units(DriverCallback.Close);
        if (close != 0 && (open == 0 || (_opens > 0 && open * _closes != -close * _opens)))
            return (RuleIds.OpenCloseUnbalanced, $"open moved it by {open} in {Amount.Of(_opens, "call")}, close by {close} in {_closes}");
        if (_linkedByMmap > 0)
            return (RuleIds.InodeSetNotCounted, $"mmap set it {Amount.Of(_linkedByMmap, "time")} and took {MmapUnits}, the core gives back one for each area");
        return (RuleIds.ReleasedTwice, "the driver gave back a unit that it had not taken");
    }

    private (string Rule, string Account) Surplus()
    {
        int open = Units(DriverCallback.Open);
        int close = Units(DriverCallback.Close);
        if (Units(DriverCallback.FailedMmap) > 0)
            return (RuleIds.CountKeptOnError, $"mmap failed and kept {Units(DriverCallback.FailedMmap)}");
        if (open + close > 0)
            return (RuleIds.OpenCloseUnbalanced, $"open moved it by {open} in {Amount.Of(_opens, "call")}, close by {close} in {_closes}");
        if (MmapUnits > _linkedByMmap)
            return (RuleIds.InodeCountedNotSet, $"mmap took {MmapUnits} and set it in {Amount.Of(_linkedByMmap, "area")}");
        return (RuleIds.NotReleased, "the driver took units of it");
    }

    private int Units(DriverCallback callback) => _units[(int)callback];
}
