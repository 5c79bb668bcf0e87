using System.Globalization;

namespace MmapAnalyzers.Protocols.Text;

/// <summary>Numbers as protocol texts write them: decimal or, after <c>0x</c>, hexadecimal, and negative ones with a sign.</summary>
internal static class RowNumber
{
    public static long Parse(Word word)
    {
        var text = word.Text;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            if (ulong.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
            {
                return unchecked((long)bits);
            }
        }
        else if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        throw new MalformedLineException(word, $"'{text}' is no number");
    }
}
