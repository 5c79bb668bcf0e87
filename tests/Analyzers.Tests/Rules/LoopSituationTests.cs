using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class LoopSituationTests
{
    [Fact]
    public Task Situation_06_an_array_of_arrays_is_dropped() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            var buffers = new byte[1][];
            buffers[0] = {|MMAP4001:ArrayPool<byte>.Shared.Rent(16)|};
        }
        """));

    [Fact]
    public Task Situation_08_what_was_taken_is_given_back_backwards() => Verify.Clean(PairingProgram.With(
        """
        bool Run(SemaphoreSlim[] all)
        {
            for (int index = 0; index < all.Length; index++)
            {
                if (all[index].Wait(0))
                    continue;
                while (--index >= 0)
                    all[index].Release();
                return false;
            }
            return true;
        }
        """));

    [Fact]
    public Task Situation_08_the_one_that_failed_is_given_back_too() => Verify.Reports(PairingProgram.With(
        """
        bool Run(SemaphoreSlim slots)
        {
            if (slots.Wait(0))
                return true;
            {|MMAP4009:slots.Release()|};
            return false;
        }
        """));

    [Fact]
    public Task Situation_16_a_catch_block_and_a_finally_block() => Verify.Reports(PairingProgram.With(
        """
        void Run(bool wrong)
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            try
            {
                if (wrong)
                    throw new ArgumentException("wrong");
            }
            catch
            {
                Marshal.FreeHGlobal(memory);
                throw;
            }
            finally
            {
                {|MMAP4002:Marshal.FreeHGlobal(memory)|};
            }
        }
        """));

    [Fact]
    public Task Situation_16_only_the_finally_block() => Verify.Clean(PairingProgram.With(
        """
        void Run(bool wrong)
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            try
            {
                if (wrong)
                    throw new ArgumentException("wrong");
            }
            finally
            {
                Marshal.FreeHGlobal(memory);
            }
        }
        """));

    [Fact]
    public Task Situation_17_whatever_can_be_disposed_of_is() => Verify.Clean(PairingProgram.With(
        """
        void Run(object[] things)
        {
            foreach (object thing in things)
            {
                if (thing is IDisposable disposable)
                    disposable.Dispose();
            }
        }
        """));

    [Fact]
    public Task Situation_17_a_list_of_owners_is_disposed_of() => Verify.Clean(PairingProgram.With(
        """
        void Run(List<IMemoryOwner<byte>> owners)
        {
            for (int index = 0; index < owners.Count; index++)
                owners[index].Dispose();
        }
        """));

    [Fact]
    public Task Situation_18_a_wrapper_gives_back_twice() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            GiveBack(buffer);
            {|MMAP4002:GiveBack(buffer)|};
        }
        static void GiveBack(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer);
        """));

    [Fact]
    public Task Situation_17_every_item_is_given_back_twice() => Verify.Reports(PairingProgram.With(
        """
        void Run(List<byte[]> buffers)
        {
            foreach (byte[] buffer in buffers)
            {
                ArrayPool<byte>.Shared.Return(buffer);
                {|MMAP4002:ArrayPool<byte>.Shared.Return(buffer)|};
            }
        }
        """));

    [Fact]
    public Task Situation_17_every_item_is_given_back_once() => Verify.Clean(PairingProgram.With(
        """
        void Run(byte[][] buffers)
        {
            foreach (byte[] buffer in buffers)
                ArrayPool<byte>.Shared.Return(buffer);
        }
        """));
}
