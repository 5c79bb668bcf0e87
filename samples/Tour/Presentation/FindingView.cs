using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Tour.Presentation;

/// <summary>Shows a finding: id, message, and where.</summary>
internal static class FindingView
{
    public static void Write(Screen screen, Diagnostic finding, Func<string, string> nameOf)
    {
        screen.Prose($"{finding.Id} {SeverityOf(finding)}: {finding.GetMessage(CultureInfo.InvariantCulture)}", "  ", Tone.Warning, firstIndent: "");
        CodeFrame.Write(screen, finding, nameOf);
    }

    private static string SeverityOf(Diagnostic finding) => finding.Severity == DiagnosticSeverity.Info ? "suggestion" : finding.Severity.ToString().ToLowerInvariant();
}
