using System.Diagnostics;

namespace MmapAnalyzers.Runtime;

/// <summary>A count that the books found wrong, under the id of the rule that says so about the source.</summary>
/// <param name="RuleId">The analyzer rule that should have seen it, such as <c>MMAP1001</c>.</param>
/// <param name="Subject">The object counted: <c>module SimpleModule</c>, <c>inode /dev/simple</c>, <c>page 0x123</c>.</param>
/// <param name="Resource">The counted resource, as the protocol attributes name it: <c>module-use</c>, <c>inode</c>, <c>page</c>.</param>
/// <param name="Message">The shortest account of what happened.</param>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record Violation(string RuleId, string Subject, string Resource, string Message)
{
    /// <summary>The rule and the account in one line.</summary>
    public override string ToString() => $"{RuleId}: {Message}";
}
