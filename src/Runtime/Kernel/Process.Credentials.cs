namespace MmapAnalyzers.Runtime.Kernel;

public sealed partial class Process
{
    /// <summary>The user that the process works for (<c>euid</c>); 0 is the superuser, who may do everything (<c>suser</c>).</summary>
    public int UserId { get; set; }
}
