using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class HandoverSituationTests
{
    [Fact]
    public Task Situation_09_both_halves_of_a_tuple_are_used() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            var (buffer, length) = Make();
            _count = length;
            ArrayPool<byte>.Shared.Return(buffer);
        }
        static (byte[] Buffer, int Length) Make() => (ArrayPool<byte>.Shared.Rent(16), 16);
        """));

    [Fact]
    public Task Situation_10_a_callback_gives_back() => Verify.Clean(PairingProgram.With(
        """
        void Run(CancellationToken token)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            token.Register(() => ArrayPool<byte>.Shared.Return(buffer));
        }
        """));

    [Fact]
    public Task Situation_11_a_structure_guards_the_lock() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            using (Guard.Of(_gate))
                _count++;
        }
        readonly struct Guard(object gate) : IDisposable
        {
            public static Guard Of(object gate)
            {
                Monitor.Enter(gate);
                return new Guard(gate);
            }
            public void Dispose() => Monitor.Exit(gate);
        }
        """));

    [Fact]
    public Task Situation_12_every_round_disposes_of_its_own() => Verify.Clean(PairingProgram.With(
        """
        void Run(string[] names)
        {
            foreach (string name in names)
            {
                using var file = System.IO.MemoryMappedFiles.MemoryMappedFile.CreateFromFile(name);
                _count++;
            }
        }
        """));

    [Fact]
    public Task Situation_16_a_second_name_gives_back_too() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            byte[] other = buffer;
            ArrayPool<byte>.Shared.Return(other);
            {|MMAP4002:ArrayPool<byte>.Shared.Return(buffer)|};
        }
        """));

    [Fact]
    public Task Situation_18_one_type_rents_for_another() => Verify.Clean(PairingProgram.With(
        """
        static byte[] Get()
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(16);
            return buffer;
        }
        static void GiveBack(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer);
        void Run() => GiveBack(Get());
        """));

    [Fact]
    public Task Situation_19_a_constructor_throws_after_it_took() => Verify.Reports(PairingProgram.With(
        """
        sealed class Cell : IDisposable
        {
            private readonly IntPtr _memory;
            public Cell(bool wrong)
            {
                _memory = {|MMAP4004:Marshal.AllocHGlobal(16)|};
                if (wrong)
                    throw new ArgumentException("wrong");
            }
            public void Dispose() => Marshal.FreeHGlobal(_memory);
        }
        """));

    [Fact]
    public Task Situation_19_a_constructor_cleans_up_before_it_throws() => Verify.Clean(PairingProgram.With(
        """
        sealed class Cell : IDisposable
        {
            private readonly IntPtr _memory;
            public Cell(bool wrong)
            {
                _memory = Marshal.AllocHGlobal(16);
                if (wrong)
                {
                    Marshal.FreeHGlobal(_memory);
                    throw new ArgumentException("wrong");
                }
            }
            public void Dispose() => Marshal.FreeHGlobal(_memory);
        }
        """));
}
