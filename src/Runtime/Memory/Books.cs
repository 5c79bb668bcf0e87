namespace MmapAnalyzers.Runtime.Memory;

/// <summary>What the counts of one machine were found to have suffered: each rule once for each object.</summary>
internal sealed class Books
{
    private readonly List<Finding> _findings = [];

    public Books() => Journal = new Journal(Context, Lock);

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The lock of the kernel, which the books belong to.</summary>
    public KernelLock Lock { get; } = new();

    /// <summary>The driver methods that are running.</summary>
    public CallContext Context { get; } = new();

    /// <summary>What happened to the objects lately.</summary>
    public Journal Journal { get; }

    public SanitizerMode Mode { get; set; } = SanitizerMode.Report;

    public bool AreKept => Mode != SanitizerMode.Off;

    /// <summary>Whether the machine is shutting down, which has to come to its end: findings are collected only.</summary>
    public bool IsClosing { get; set; }

    /// <summary>What is thrown for a finding.</summary>
    public Func<Finding, Exception>? Exceptions { get; set; }

    public void Report(string rule, object subject, string resource, string message)
    {
        if (!AreKept || _findings.Exists(finding => finding.Rule == rule && ReferenceEquals(finding.Subject, subject) && finding.Resource == resource))
            return;
        var found = new Finding(rule, subject, resource, message, Journal.Of(subject));
        _findings.Add(found);
        if (Mode == SanitizerMode.Throw && !IsClosing && Exceptions is { } exceptions)
            throw exceptions(found);
    }

    /// <summary>Whether anything was reported about a resource of an object.</summary>
    public bool Has(object subject, string resource) => _findings.Exists(finding => ReferenceEquals(finding.Subject, subject) && finding.Resource == resource);
}
