using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Protocols.Text;

namespace MmapAnalyzers.Rules;

/// <summary>A protocol text of the project, as every rule about such texts sees it.</summary>
internal sealed class TextCheck
{
    private readonly AdditionalFileAnalysisContext _context;
    private readonly SourceText _source;

    private TextCheck(AdditionalFileAnalysisContext context, SourceText source)
    {
        (_context, _source) = (context, source);
        Text = ProtocolFiles.Parse(source);
    }

    public ProtocolText Text { get; }

    public Compilation Compilation => _context.Compilation;

    /// <summary>All protocol texts of the project, this one among them.</summary>
    public ImmutableArray<ProtocolText> AllTexts => ProtocolFiles.In(_context.Options, _context.CancellationToken);

    /// <summary>Does nothing for additional files of other kinds.</summary>
    public static void Run(AdditionalFileAnalysisContext context, Action<TextCheck> check)
    {
        if (ProtocolFiles.IsProtocol(context.AdditionalFile) && context.AdditionalFile.GetText(context.CancellationToken) is { } source)
        {
            check(new TextCheck(context, source));
        }
    }

    public void Report(DiagnosticDescriptor descriptor, Word place, string complaint)
    {
        var start = new LinePosition(place.Line, place.Column);
        var end = new LinePosition(place.Line, place.Column + place.Length);
        var span = TextSpan.FromBounds(_source.Lines.GetPosition(start), _source.Lines.GetPosition(end));
        _context.ReportDiagnostic(Diagnostic.Create(descriptor, Location.Create(_context.AdditionalFile.Path, span, new LinePositionSpan(start, end)), complaint));
    }
}
