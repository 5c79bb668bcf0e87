using Microsoft.CodeAnalysis;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.Robustness;

/// <summary>A driver that counts rightly between statements and expressions of nearly every kind the language has.</summary>
public sealed class EveryConstructTests
{
    internal const string Source =
        """"
        public sealed class Driver : KernelModule
        {
            private readonly VmOperations _ops;
            private readonly KernelAddress[] _pages = new KernelAddress[4];
            private readonly unsafe delegate*<int, int> _twice = &Twice;
            private event Action<int>? Mapped;

            public Driver() => _ops = new VmOperations { Open = VmaOpen, Close = VmaClose, Nopage = Nopage };

            protected override Errno Init() => Kernel.RegisterCharDevice(60, "driver", new FileOperations { Mmap = Mmap });

            private static int Twice(int x) => 2 * x;

            private void VmaOpen(VmArea area) => IncrementUseCount();

            private void VmaClose(VmArea area) => DecrementUseCount();

            private Errno Mmap(Inode inode, OpenFile file, VmArea area)
            {
                const int Step = 4096;
                int[] numbers = [1, 2, .. Enumerable.Range(3, 2)];
                Span<int> stack = stackalloc int[4];
                unsafe
                {
                    fixed (int* first = numbers)
                    {
                        int* second = first + 1;
                        *second = _twice(first[0]);
                        stack[^1] = *second + sizeof(int);
                    }
                }
                (int a, var b) = (numbers[0], numbers[1..]);
                var anonymous = new { Sum = a + b.Length, Name = nameof(area) };
                if (numbers is [1, .. var middle, > 3] && middle is { Length: > 1 and not 9 } or null)
                    a ^= middle!.Length;
                Dictionary<string, int> names = new() { ["x"] = 1, ["y"] = checked(a + 1) };
                foreach (var (key, value) in names)
                    a += value;
                var query = from n in numbers where n % 2 == 0 let m = n * n orderby m descending group m by n into g select g.Key;
                foreach (int n in query)
                {
                    if (n > 3)
                        continue;
                    switch (n)
                    {
                        case 0 when file.CanRead:
                            goto default;
                        case 1:
                            goto case 2;
                        case 2:
                            a += 2;
                            break;
                        default:
                            a++;
                            break;
                    }
                }
                object boxed = a;
                string text = $"{boxed,5:x} {anonymous.Name switch { "area" => 1, { Length: 3 } => 2, _ => throw new InvalidOperationException() }}";
                ref int slot = ref (a > 3 ? ref numbers[0] : ref numbers[1]);
                slot <<= 2;
                Func<int, Func<int, int>> add = x => y => x + y + a;
                a = add(1)(2);
                IEnumerable<int> Count() { for (int i = 0; i < Step; i += 1024) yield return i; yield break; }
                async System.Threading.Tasks.Task<int> Later() { await System.Threading.Tasks.Task.Yield(); return a; }
                unchecked { a += Count().Sum() + (int)0xffffffffu; }
                Mapped += x => a = x;
                Mapped?.Invoke(a);
                try
                {
                    lock (_pages) { a = Later().Result; }
                    using (new System.IO.MemoryStream()) { a--; }
                }
                catch (AggregateException error) when (error.InnerExceptions.Count > 1)
                {
                    return Errno.EIO;
                }
                finally
                {
                    Kernel.Printk(text ?? throw new InvalidOperationException());
                }
                var copy = new Point(1, 2) with { X = a };
                dynamic late = copy;
                a = late.X is int known ? known : default;
                if (copy is (1, var y) { X: >= 0 } && y != 0)
                    a = typeof(Driver).Name.Length;
                if (Kernel.RemapPageRange(area.Start, area.Offset, area.Length, area.PageProtection) is not Errno.None and var failed)
                    return failed;
                area.Operations = _ops;
                IncrementUseCount();
                area.Inode = inode;
                inode.Get();
                return Errno.None;
            }

            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                Index at = (int)((address - area.Start) >> 12);
                KernelAddress page = at.Value < 4 ? _pages[at] : default;
                do
                {
                    if (page.IsNull)
                        return page;
                }
                while (page == KernelAddress.Null);
                Kernel.GetPage(page);
                return page;
            }

            private readonly record struct Point(int X, int Y);
        }
        """";

    [Fact]
    public async Task A_right_driver_of_every_construct_is_not_reported() => Assert.Empty(await Analysis.Of(Source));

    [Fact]
    public async Task A_page_without_reference_is_found_all_the_same()
    {
        string broken = Source.Replace("        Kernel.GetPage(page);\n", "", StringComparison.Ordinal);
        Diagnostic found = Assert.Single(await Analysis.Of(broken));
        Assert.Equal("MMAP2001", found.Id);
    }
}
