namespace MmapAnalyzers.Tests.Fixes;

/// <summary>Drivers around the members under repair.</summary>
internal static class Drivers
{
    /// <summary>A driver whose area table counts the module in use; the member is its mmap.</summary>
    public static string Counting(string mmap) =>
        $$"""
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;

            public Driver() => _ops = new VmOperations { Open = VmaOpen, Close = VmaClose };

            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void VmaClose(VmArea area) => DecrementUseCount();

        {{Indented(mmap)}}
        }
        """;

    /// <summary>A driver without an area table; the member is its mmap.</summary>
    public static string Plain(string mmap) =>
        $$"""
        public sealed class Driver : KernelModule
        {
            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });

        {{Indented(mmap)}}
        }
        """;

    /// <summary>A driver that serves its own pages; the member is its nopage.</summary>
    public static string Serving(string nopage) =>
        $$"""
        public sealed class Driver : KernelModule
        {
            private readonly KernelAddress[] _pages = new KernelAddress[4];
            private readonly VmOperations _ops;
            private KernelAddress _page;

            public Driver() => _ops = new VmOperations { Nopage = Nopage };

            protected override Errno Init()
            {
                _page = Kernel.GetFreePage();
                return Errno.None;
            }

            protected override void Cleanup() => Kernel.FreePage(_page);

        {{Indented(nopage)}}
        }
        """;

    /// <summary>A class that makes the area table, and whatever members belong to it.</summary>
    public static string Table(string members) =>
        $$"""
        public sealed class Driver : KernelModule
        {
            protected override Errno Init() => Errno.None;

        {{Indented(members)}}
        }
        """;

    public static string Indented(string text) => string.Join("\n", text.Split('\n').Select(line => line.Length == 0 ? line : "    " + line));
}
