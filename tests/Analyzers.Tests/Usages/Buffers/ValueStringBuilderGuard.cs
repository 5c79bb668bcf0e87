// A struct that builds a text in a rented array, which ToString or Dispose gives back.
using System.Buffers;

namespace Usages.Buffers;

internal ref struct TextBuilder
{
    private char[]? _rented;
    private Span<char> _chars;
    private int _length;

    public TextBuilder(Span<char> initial)
    {
        _chars = initial;
        _rented = null;
        _length = 0;
    }

    public void Append(char c)
    {
        if (_length == _chars.Length)
            Grow();
        _chars[_length++] = c;
    }

    public override string ToString()
    {
        string text = _chars[.._length].ToString();
        Dispose();
        return text;
    }

    public void Dispose()
    {
        char[]? rented = _rented;
        this = default;
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
    }

    private void Grow()
    {
        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(16, _chars.Length * 2));
        _chars[.._length].CopyTo(larger);
        char[]? old = _rented;
        _chars = _rented = larger;
        if (old is not null)
            ArrayPool<char>.Shared.Return(old);
    }
}
