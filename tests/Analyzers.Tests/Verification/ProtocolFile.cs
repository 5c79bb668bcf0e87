using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MmapAnalyzers.Tests.Verification;

/// <summary>A protocol text of a project.</summary>
internal sealed class ProtocolFile(string text, string path = "api.mmap-protocol.txt") : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text);

    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
