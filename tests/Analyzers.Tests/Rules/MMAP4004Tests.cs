using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP4004Tests
{
    [Fact]
    public Task A_constructor_fills_a_field_that_nobody_empties() => Verify.Reports(PairingProgram.With(
        """
        sealed class Cell
        {
            private readonly IntPtr _memory;
            public Cell() => _memory = {|MMAP4004:Marshal.AllocHGlobal(16)|};
            public bool IsThere => _memory != IntPtr.Zero;
        }
        """));

    [Fact]
    public Task A_method_fills_a_field_that_nobody_empties() => Verify.Reports(PairingProgram.With(
        """
        private IntPtr _memory;
        void Run() => _memory = {|MMAP4004:Marshal.AllocHGlobal(16)|};
        """));

    [Fact]
    public Task An_array_is_kept_for_ever() => Verify.Reports(PairingProgram.With(
        """
        sealed class Cell
        {
            private byte[] _buffer = [];
            public void Grow(int size) => _buffer = {|MMAP4004:ArrayPool<byte>.Shared.Rent(size)|};
            public int Size => _buffer.Length;
        }
        """));

    [Fact]
    public Task A_property_keeps_it() => Verify.Reports(PairingProgram.With(
        """
        private IntPtr Memory { get; set; }
        void Run() => Memory = {|MMAP4004:Marshal.AllocHGlobal(16)|};
        """));

    [Fact]
    public Task Dispose_forgets_one_of_two() => Verify.Reports(PairingProgram.With(
        """
        sealed class Pair : IDisposable
        {
            private readonly IntPtr _first;
            private readonly IntPtr _second;
            public Pair()
            {
                _first = Marshal.AllocHGlobal(16);
                _second = {|MMAP4004:Marshal.AllocHGlobal(16)|};
            }
            public void Dispose() => Marshal.FreeHGlobal(_first);
            public bool IsThere => _second != IntPtr.Zero;
        }
        """));

    [Fact]
    public Task A_constructor_throws_after_the_acquire() => Verify.Reports(PairingProgram.With(
        """
        sealed class Cell : IDisposable
        {
            private readonly IntPtr _memory;
            public Cell(int size)
            {
                _memory = {|MMAP4004:Marshal.AllocHGlobal(16)|};
                if (size < 0)
                    throw new ArgumentOutOfRangeException(nameof(size));
            }
            public void Dispose() => Marshal.FreeHGlobal(_memory);
        }
        """));

    [Fact]
    public Task Dispose_gives_back() => Verify.Clean(PairingProgram.With(
        """
        sealed class Cell : IDisposable
        {
            private readonly IntPtr _memory = Marshal.AllocHGlobal(16);
            public void Dispose() => Marshal.FreeHGlobal(_memory);
        }
        """));

    [Fact]
    public Task The_constructor_assigns_and_dispose_gives_back() => Verify.Clean(PairingProgram.With(
        """
        sealed class Cell : IDisposable
        {
            private readonly IntPtr _memory;
            public Cell() => _memory = Marshal.AllocHGlobal(16);
            public void Dispose() => Marshal.FreeHGlobal(_memory);
        }
        """));

    [Fact]
    public Task A_finalizer_gives_back() => Verify.Clean(PairingProgram.With(
        """
        sealed class Cell
        {
            private readonly IntPtr _memory;
            public Cell(int size)
            {
                _memory = Marshal.AllocHGlobal(16);
                if (size < 0)
                    throw new ArgumentOutOfRangeException(nameof(size));
            }
            ~Cell() => Marshal.FreeHGlobal(_memory);
        }
        """));

    [Fact]
    public Task Another_method_gives_back() => Verify.Clean(PairingProgram.With(
        """
        private byte[] _buffer = [];
        void Open() => _buffer = ArrayPool<byte>.Shared.Rent(16);
        void Close() => ArrayPool<byte>.Shared.Return(_buffer);
        """));

    [Fact]
    public Task A_helper_gets_the_field_and_gives_back() => Verify.Clean(PairingProgram.With(
        """
        private IntPtr _memory;
        void Open() => _memory = Marshal.AllocHGlobal(16);
        void Close() => Free(_memory);
        static void Free(IntPtr memory) => Marshal.FreeHGlobal(memory);
        """));

    [Fact]
    public Task The_constructor_checks_before_it_takes() => Verify.Clean(PairingProgram.With(
        """
        sealed class Cell : IDisposable
        {
            private readonly IntPtr _memory;
            public Cell(int size)
            {
                if (size < 0)
                    throw new ArgumentOutOfRangeException(nameof(size));
                _memory = Marshal.AllocHGlobal(16);
            }
            public void Dispose() => Marshal.FreeHGlobal(_memory);
        }
        """));
}
