using MmapAnalyzers.Rules;
using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP1001Tests
{
    /// <summary>A driver around the body of mmap, with an area table that counts.</summary>
    private static string Driver(string mmap, string members = "") =>
        $$"""
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;
            public Driver() => _ops = new VmOperations { Open = VmaOpen, Close = VmaClose };
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });
            private void VmaOpen(VmArea area) => IncrementUseCount();
            private void VmaClose(VmArea area) => DecrementUseCount();
            {{members}}
            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                {{mmap}}
            }
        }
        """;

    [Fact]
    public Task Operations_are_installed_and_nothing_is_counted() => Verify.Reports(Driver(
        """
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        area.Operations = _ops;
        area.Inode = inode;
        inode.Get();
        {|MMAP1001:return Errno.None;|}
        """));

    [Fact]
    public Task The_mail_s_own_idiom_counts_after_the_last_step() => Verify.Clean(Driver(
        """
        if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) != Errno.None)
            return Errno.EAGAIN;
        if (area.Operations is not null)
            return Errno.EINVAL;
        area.Operations = _ops;
        IncrementUseCount();
        area.Inode = inode;
        inode.Get();
        return Errno.None;
        """));
}
