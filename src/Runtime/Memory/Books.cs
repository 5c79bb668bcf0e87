namespace MmapAnalyzers.Runtime.Memory;

/// <summary>What the counts of one machine were found to have suffered: each rule once for each object.</summary>
internal sealed class Books
{
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public void Report(string rule, object subject, string resource, string message)
    {
        foreach (Finding finding in _findings)
        {
            if (finding.Rule == rule && ReferenceEquals(finding.Subject, subject) && finding.Resource == resource)
                return;
        }

        _findings.Add(new Finding(rule, subject, resource, message));
    }

    /// <summary>Whether anything was reported about a resource of an object.</summary>
    public bool Has(object subject, string resource) => _findings.Exists(finding => ReferenceEquals(finding.Subject, subject) && finding.Resource == resource);
}
