using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>One insertion of a module, with the books of its use count. The same module inserted again is another one: old methods stay gone.</summary>
internal sealed class LoadedModule(KernelModule module, Books books)
{
    private readonly int[] _units = new int[Enum.GetValues<DriverCallback>().Length];
    private readonly List<TableLedger> _tables = [];

    public KernelModule Module => module;

    public string Name { get; } = module.Name;

    public int UseCount { get; private set; }

    /// <summary>Whether the module has left, and its code with it.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether its cleanup has run and it stays only until its count is zero (<c>MOD_DELETED</c>).</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Whether one of the methods was cut short by an oops: what it would still have moved nobody knows, so the counts prove nothing.</summary>
    public bool HasOopsed { get; set; }

    /// <summary>The units that the driver's methods took and did not give back; what it took for itself at <c>Init</c> is its own affair.</summary>
    private int Left => UseCount - _units[(int)DriverCallback.None] - _units[(int)DriverCallback.Init];

    /// <summary>Takes the unit that the kernel itself holds while <c>Init</c> runs. It is none of the driver's, so no book has it.</summary>
    public void HoldForInit() => UseCount++;

    /// <summary>Gives the unit of the kernel back after <c>Init</c>; a count that failed is forced to zero.</summary>
    public void DropAfterInit(bool succeeded)
    {
        UseCount = succeeded ? UseCount - 1 : 0;
        if (UseCount < 0)
            ReportBelowZero("in init", null);
    }

    /// <summary>Moves the use count.</summary>
    public void Move(int units, CallContext context)
    {
        UseCount += units;
        if (!books.AreKept)
            return;
        books.Journal.Add(this, units > 0 ? "taken" : "given back", UseCount);
        if (context.BookModuleUse(this, units))
            return;
        _units[(int)DriverCallback.None] += units;
        if (units < 0 && UseCount < 0)
            ReportBelowZero("outside of any of its methods", null);
    }

    /// <summary>One of the methods has run.</summary>
    public void Book(DriverCallback callback, int units, VmOperations? operations)
    {
        if (!books.AreKept)
            return;
        _units[(int)callback] += units;
        TableLedger? table = operations is null ? null : TableOf(operations);
        table?.Book(callback, units);
        if (units < 0 && UseCount < 0)
            ReportBelowZero($"in {callback.ToString().ToLowerInvariant()}", table);
    }

    /// <summary>The module leaves while areas still have its methods.</summary>
    public void ReportAlive(VmOperations operations, VmArea area)
    {
        TableLedger table = TableOf(operations);
        books.Report(
            table.JudgeAlive(),
            this,
            "module-use",
            $"module {Name} was removed with use count 0 while {area.Start}-{area.End} still had its methods: {table}");
    }

    /// <summary>Nothing is mapped or open any more, so nothing should be counted.</summary>
    public void ReportLeft()
    {
        if (!books.AreKept || Left == 0 || HasOopsed || books.Has(this, "module-use"))
            return;
        (string rule, string account) = Judge(null) ?? (Left > 0 ? (RuleIds.NotReleased, FileAccount) : (RuleIds.ReleasedTwice, FileAccount));
        if (_units[(int)DriverCallback.FailedMmap] > 0 && rule is RuleIds.NotReleased)
            (rule, account) = (RuleIds.CountKeptOnError, $"mmap failed and kept {_units[(int)DriverCallback.FailedMmap]}");
        books.Report(rule, this, "module-use", $"module {Name}: {account}: {Amount.Of(Left, "unit")} left although nothing is mapped or open");
    }

    /// <summary>The module's name, as messages have it.</summary>
    public override string ToString() => "module " + Name;

    private string FileAccount => $"open of the file took {_units[(int)DriverCallback.FileOpen]}, release gave back {-_units[(int)DriverCallback.FileRelease]}";

    private void ReportBelowZero(string where, TableLedger? table)
    {
        if (HasOopsed)
            return;
        (string rule, string account) = Judge(table) ?? (RuleIds.ReleasedTwice, "more was given back than taken");
        books.Report(rule, this, "module-use", $"module {Name}: {account}: use count fell to {UseCount} {where}");
    }

    private (string Rule, string Account)? Judge(TableLedger? preferred)
    {
        if (preferred?.Judge() is { } own)
            return (own, preferred.ToString());
        foreach (TableLedger table in _tables)
        {
            if (table.Judge() is { } rule)
                return (rule, table.ToString());
        }

        return null;
    }

    private TableLedger TableOf(VmOperations operations)
    {
        foreach (TableLedger table in _tables)
        {
            if (ReferenceEquals(table.Operations, operations))
                return table;
        }

        var added = new TableLedger(operations);
        _tables.Add(added);
        return added;
    }
}
