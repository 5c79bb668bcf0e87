using System.Buffers;

namespace NativeConsumer;

public static class Names
{
    public static string Read(Stream from, int length)
    {
        char[] letters = ArrayPool<char>.Shared.Rent(length); // expect: MMAP4001
        try
        {
            for (int i = 0; i < length; i++)
            {
                int letter = from.ReadByte();
                if (letter < 0)
                    throw new EndOfStreamException();
                letters[i] = (char)letter;
            }

            string name = new(letters, 0, length);
            return name;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
        }
    }
}
