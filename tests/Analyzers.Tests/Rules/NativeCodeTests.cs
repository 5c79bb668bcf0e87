using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

/// <summary>What becomes of units in the hands of native code, and behind pointers.</summary>
public sealed class NativeCodeTests
{
    [Fact]
    public Task An_import_with_plain_arguments_throws_nothing() => Verify.Clean(PairingProgram.With(
        """
        [DllImport("device")] static extern int work(nint memory);
        void Run()
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            _count = work(memory);
            Marshal.FreeHGlobal(memory);
        }
        """));

    [Fact]
    public Task An_import_that_is_given_a_handle_may_throw() => Verify.Reports(PairingProgram.With(
        """
        [DllImport("device")] static extern int work(SafeHandle device, nint memory);
        void Run(SafeHandle device)
        {
            IntPtr memory = {|MMAP4011:Marshal.AllocHGlobal(16)|};
            _count = work(device, memory);
            Marshal.FreeHGlobal(memory);
        }
        """));

    [Fact]
    public Task Native_code_by_its_address_keeps_nothing() => Verify.Reports(PairingProgram.With(
        """
        unsafe void Run(delegate* unmanaged<nint, int> work)
        {
            IntPtr memory = {|MMAP4001:Marshal.AllocHGlobal(16)|};
            _count = work(memory);
        }
        """));

    [Fact]
    public Task A_context_that_a_callback_frees_is_its_own() => Verify.Clean(PairingProgram.With(
        """
        [DllImport("device")] static extern unsafe int register(nint context, delegate* unmanaged<nint, void> end);
        [UnmanagedCallersOnly] static void End(nint context) => GCHandle.FromIntPtr(context).Free();
        unsafe void Run(object state)
        {
            GCHandle handle = GCHandle.Alloc(state);
            if (register(GCHandle.ToIntPtr(handle), &End) != 0)
                handle.Free();
        }
        """));

    [Fact]
    public Task A_context_that_no_callback_frees_is_lost() => Verify.Reports(PairingProgram.With(
        """
        [DllImport("device")] static extern unsafe int visit(nint context, delegate* unmanaged<nint, void> each);
        [UnmanagedCallersOnly] static void Each(nint context) { }
        unsafe void Run(object state)
        {
            GCHandle handle = {|MMAP4001:GCHandle.Alloc(state)|};
            _count = visit(GCHandle.ToIntPtr(handle), &Each);
        }
        """));

    [Fact]
    public Task A_number_that_was_read_through_a_pointer_is_no_pointer() => Verify.Clean(PairingProgram.With(
        """
        unsafe int Run()
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            int value = *(int*)memory;
            Marshal.FreeHGlobal(memory);
            return value;
        }
        """));

    [Fact]
    public Task Written_through_a_pointer_after_the_release() => Verify.Reports(PairingProgram.With(
        """
        unsafe void Run()
        {
            IntPtr memory = Marshal.AllocHGlobal(16);
            Marshal.FreeHGlobal(memory);
            {|MMAP4003:((byte*)memory)[1]|} = 1;
        }
        """));

    [Fact]
    public Task Given_to_a_described_call_after_the_release() => Verify.Reports(PairingProgram.With(
        """
        [DllImport("libc")] static extern int open(nint path, int flags);
        [DllImport("libc")] static extern nint lseek(int file, nint offset, int from);
        [DllImport("libc")] static extern int close(int file);
        void Run(nint path)
        {
            int file = open(path, 0);
            if (file < 0)
                return;
            close(file);
            {|MMAP4003:lseek(file, 0, 0)|};
        }
        """));

    [Fact]
    public Task A_base_class_may_keep_what_it_is_given() => Verify.Clean(
        """
        using System.Runtime.InteropServices;
        internal sealed class Block : SafeHandle
        {
            public Block() : base(0, true) => SetHandle(Marshal.AllocHGlobal(16));
            public override bool IsInvalid => handle == 0;
            protected override bool ReleaseHandle()
            {
                Marshal.FreeHGlobal(handle);
                return true;
            }
        }
        """);

    [Fact]
    public Task More_is_unmapped_than_was_mapped() => Verify.Reports(PairingProgram.With(
        """
        [DllImport("libc")] static extern nint mmap(nint at, nint length, int protection, int flags, int file, nint offset);
        [DllImport("libc")] static extern int munmap(nint at, nint length);
        void Run(nint length)
        {
            nint memory = mmap(0, length, 3, 0x22, -1, 0);
            if (memory != -1)
                {|MMAP4007:munmap(memory, length + 8192)|};
        }
        """));
}
