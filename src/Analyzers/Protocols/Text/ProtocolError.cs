namespace MmapAnalyzers.Protocols.Text;

/// <summary>What is wrong with a line. The line says nothing then; all others count.</summary>
/// <param name="Place">The word in question; an empty one at the end of the line where something is missing.</param>
internal sealed record ProtocolError(Word Place, string Message);

/// <summary>Ends the reading of one line.</summary>
internal sealed class MalformedLineException(Word place, string message) : Exception(message)
{
    public ProtocolError Error { get; } = new(place, message);
}
