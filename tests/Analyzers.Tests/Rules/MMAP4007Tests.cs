using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP4007Tests
{
    [Fact]
    public Task The_free_of_another_allocator() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            {|MMAP4007:Marshal.FreeCoTaskMem(memory)|};
        }
        """));

    [Fact]
    public Task A_string_freed_like_plain_memory() => Verify.Reports(PairingProgram.With(
        """
        void Run(string text)
        {
            IntPtr copy = Marshal.StringToBSTR(text);
            {|MMAP4007:Marshal.FreeHGlobal(copy)|};
        }
        """));

    [Fact]
    public Task An_address_that_was_moved() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            {|MMAP4007:Marshal.FreeHGlobal(memory + 8)|};
        }
        """));

    [Fact]
    public Task A_helper_made_it() => Verify.Reports(PairingProgram.With(
        """
        void Run()
        {
            IntPtr memory = Make();
            {|MMAP4007:Marshal.FreeHGlobal(memory)|};
        }
        static IntPtr Make() => Marshal.AllocCoTaskMem(16);
        """));

    [Fact]
    public Task Another_length_is_unmapped() => Verify.Reports(PairingProgram.With(
        """
        [DllImport("libc")] static extern nint mmap(nint at, nint length, int protection, int flags, int file, nint offset);
        [DllImport("libc")] static extern int munmap(nint at, nint length);
        void Run()
        {
            nint memory = mmap(0, 8192, 3, 0x22, -1, 0);
            if (memory == -1)
                return;
            {|MMAP4007:munmap(memory, 4096)|};
        }
        """));

    [Fact]
    public Task The_finally_block_takes_the_wrong_one() => Verify.Reports(PairingProgram.With(
        """
        unsafe void Run()
        {
            void* memory = NativeMemory.AlignedAlloc(64, 16);
            try
            {
                _count++;
            }
            finally
            {
                {|MMAP4007:NativeMemory.Free(memory)|};
            }
        }
        """));

    [Fact]
    public Task The_counterpart() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            IntPtr memory = Marshal.AllocCoTaskMem(16);
            Marshal.FreeCoTaskMem(memory);
        }
        """));

    [Fact]
    public Task The_other_counterpart_of_a_string() => Verify.Clean(PairingProgram.With(
        """
        void Run(string text)
        {
            IntPtr copy = Marshal.StringToBSTR(text);
            Marshal.ZeroFreeBSTR(copy);
        }
        """));

    [Fact]
    public Task An_address_from_a_parameter() => Verify.Clean(PairingProgram.With(
        """
        void Run(IntPtr memory) => Marshal.FreeHGlobal(memory);
        """));

    [Fact]
    public Task The_same_length_is_unmapped() => Verify.Clean(PairingProgram.With(
        """
        [DllImport("libc")] static extern nint mmap(nint at, nint length, int protection, int flags, int file, nint offset);
        [DllImport("libc")] static extern int munmap(nint at, nint length);
        void Run(nint length)
        {
            nint memory = mmap(0, length, 3, 0x22, -1, 0);
            if (memory == -1)
                return;
            munmap(memory, length);
        }
        """));

    [Fact]
    public Task Each_path_has_its_own_counterpart() => Verify.Clean(PairingProgram.With(
        """
        void Run(bool shared)
        {
            IntPtr memory = shared ? Marshal.AllocCoTaskMem(16) : Marshal.AllocHGlobal(16);
            if (shared)
                Marshal.FreeCoTaskMem(memory);
            else
                Marshal.FreeHGlobal(memory);
        }
        """));

    [Fact]
    public Task A_moved_copy_is_only_read() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            IntPtr middle = memory + 8;
            _count = middle == IntPtr.Zero ? 1 : 2;
            Marshal.FreeHGlobal(memory);
        }
        """));
}
