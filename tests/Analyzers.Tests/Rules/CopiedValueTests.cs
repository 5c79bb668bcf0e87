using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

/// <summary>Values that were made of a unit and do not hold on to it, and arrays whose numbers are no counts.</summary>
public sealed class CopiedValueTests
{
    [Fact]
    public Task A_text_made_of_an_array_is_a_copy() => Verify.Clean(PairingProgram.With(
        """
        string Run(int length)
        {
            char[] letters = ArrayPool<char>.Shared.Rent(length);
            string text = new(letters, 0, length);
            ArrayPool<char>.Shared.Return(letters);
            return text;
        }
        """));

    [Fact]
    public Task A_text_made_of_an_array_does_not_keep_it() => Verify.Reports(PairingProgram.With(
        """
        string Run(int length)
        {
            char[] letters = {|MMAP4001:ArrayPool<char>.Shared.Rent(length)|};
            return new string(letters, 0, length);
        }
        """));

    [Fact]
    public Task An_array_made_of_a_span_is_a_copy() => Verify.Clean(PairingProgram.With(
        """
        byte[] Run(int length)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
            Span<byte> used = buffer.AsSpan(0, length);
            byte[] copy = used.ToArray();
            ArrayPool<byte>.Shared.Return(buffer);
            return copy;
        }
        """));

    [Fact]
    public Task A_structure_of_numbers_is_a_copy() => Verify.Clean(PairingProgram.With(
        """
        struct Pair { public int Left; public int Right; }
        Pair Run()
        {
            IntPtr memory = Marshal.AllocHGlobal(8);
            try
            {
                return Marshal.PtrToStructure<Pair>(memory);
            }
            finally
            {
                Marshal.FreeHGlobal(memory);
            }
        }
        """));

    [Fact]
    public Task Numbers_in_an_array_are_stored_in_nested_loops() => Verify.Reports(PairingProgram.With(
        """
        int Run(int rows, int columns)
        {
            int[] cells = {|MMAP4001:ArrayPool<int>.Shared.Rent(columns)|};
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                    cells[column] = row;
            }
            return cells[0];
        }
        """));

    [Fact]
    public Task A_handler_of_one_exception_knows_what_was_taken() => Verify.Clean(PairingProgram.With(
        """
        void Run(Mutex mutex)
        {
            try
            {
                mutex.WaitOne();
            }
            catch (AbandonedMutexException)
            {
                _count++;
            }
            mutex.ReleaseMutex();
        }
        """));
}
