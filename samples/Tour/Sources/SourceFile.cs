using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Tour.Sources;

/// <summary>A source file as it was read: its text, and how to write another text in the same manner.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Name">The path as the user would write it.</param>
/// <param name="Content">The bytes that were read.</param>
/// <param name="Encoding">Their encoding, with a byte order mark if they have one.</param>
/// <param name="Text">The text.</param>
internal sealed record SourceFile(string Path, string Name, byte[] Content, Encoding Encoding, SourceText Text)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding[] WithMark =
    [
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        new UTF32Encoding(bigEndian: false, byteOrderMark: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
    ];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It cannot be read, or is no text.</exception>
    public static SourceFile Read(string path, string name)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{name} cannot be read: {exception.Message}");
        }

        var encoding = EncodingOf(content);
        var mark = encoding.GetPreamble().Length;
        var text = encoding.GetString(content, mark, content.Length - mark);
        return text.Contains('\0') ? throw new InputException($"{name} is not a text file.") : new SourceFile(path, name, content, encoding, SourceText.From(text, encoding));
    }

    /// <summary>The bytes of a new text for this file.</summary>
    public byte[] Encode(string text) => [.. Encoding.GetPreamble(), .. Encoding.GetBytes(text)];

    /// <summary>A mark decides; without one it is UTF-8, and if that does not fit, Latin-1, which gives back every byte as it was.</summary>
    private static Encoding EncodingOf(byte[] content)
    {
        if (Array.Find(WithMark, candidate => content.AsSpan().StartsWith(candidate.Preamble)) is { } marked)
            return marked;
        try
        {
            StrictUtf8.GetCharCount(content);
            return StrictUtf8;
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1;
        }
    }
}
