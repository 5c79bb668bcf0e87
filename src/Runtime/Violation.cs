using System.Diagnostics;

namespace MmapAnalyzers.Runtime;

/// <summary>A count or a mapping that the sanitizer found wrong, under the id of the rule that says so about the source.</summary>
/// <param name="RuleId">The analyzer rule that should have seen it, such as <c>MMAP1001</c>.</param>
/// <param name="Subject">The object: <c>module SimpleModule</c>, <c>inode /dev/simple</c>, <c>page 0x123</c>, an area.</param>
/// <param name="Resource">The counted resource, as the protocol attributes name it: <c>module-use</c>, <c>inode</c>, <c>page</c>; or <c>mapping</c>.</param>
/// <param name="Message">The shortest account of what happened.</param>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record Violation(string RuleId, string Subject, string Resource, string Message)
{
    /// <summary>The last events of the object before it was found, oldest first: what was taken, given, handed out, mapped and unmapped, in which
    /// method, and by which code when <see cref="Machine.TraceCallSites"/> is on. A few at most.</summary>
    public IReadOnlyList<string> History { get; init; } = [];

    /// <summary>The rule and the account in one line.</summary>
    public override string ToString() => $"{RuleId}: {Message}";

    /// <summary>The line of <see cref="ToString"/> and the history, one event a line.</summary>
    public string Describe() => string.Join(Environment.NewLine, History.Select(what => "  " + what).Prepend(ToString()));
}
