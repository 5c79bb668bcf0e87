namespace MmapAnalyzers.Protocols.Text;

/// <summary>A word of a protocol text, or a part of one, with its place; lines and columns count from 0.</summary>
internal readonly record struct Word(string Text, int Line, int Column)
{
    public int Length => Text.Length;

    /// <summary>The part from an offset on.</summary>
    public Word From(int offset) => new(Text.Substring(offset), Line, Column + offset);

    public Word Part(int offset, int length) => new(Text.Substring(offset, length), Line, Column + offset);

    public override string ToString() => Text;
}
