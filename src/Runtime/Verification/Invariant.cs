using System.Runtime.CompilerServices;

namespace MmapAnalyzers.Runtime.Verification;

/// <summary>A statement about a kernel that must be true.</summary>
internal static class Invariant
{
    /// <summary>Ends the check when a statement is false; the message is made only then.</summary>
    public static void Holds(bool statement, [InterpolatedStringHandlerArgument(nameof(statement))] ref Message broken)
    {
        if (!statement)
            throw new InvalidOperationException(broken.ToString());
    }

    /// <summary>The text of a broken invariant.</summary>
    [InterpolatedStringHandler]
    public ref struct Message
    {
        private DefaultInterpolatedStringHandler _text;

        public Message(int literalLength, int formattedCount, bool statement, out bool isNeeded)
        {
            isNeeded = !statement;
            _text = isNeeded ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
        }

        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        public void AppendFormatted<T>(T value, string format) => _text.AppendFormatted(value, format);

        public override string ToString() => _text.ToStringAndClear();
    }
}
