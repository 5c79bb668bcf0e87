// A helper that gives the array back if there is one, called from every early return.
using System.Buffers;

namespace Usages.Buffers;

internal sealed class LineReader(TextReader reader, ArrayPool<char> pool)
{
    public string? ReadUntil(char stop, int limit)
    {
        char[] line = pool.Rent(limit);
        int length = 0;
        while (length < limit)
        {
            int next = reader.Read();
            if (next < 0 && length == 0)
            {
                Recycle(line);
                return null;
            }

            if (next < 0 || next == stop)
                break;
            line[length++] = (char)next;
        }

        string text = new(line, 0, length);
        Recycle(line);
        return text;
    }

    private void Recycle(char[] line) => pool.Return(line);
}
