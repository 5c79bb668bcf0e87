using MmapAnalyzers.Tests.Verification;
using VerifyFix = MmapAnalyzers.Tests.Verification.VerifyFix<MmapAnalyzers.CodeFixes.MMAP2001PageReturnedWithoutReferenceCodeFix>;

namespace MmapAnalyzers.Tests.Fixes;

public sealed class MMAP2001FixTests
{
    [Fact]
    public Task A_page_that_was_tested_is_counted_before_the_return() => VerifyFix.Repairs(
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                KernelAddress page = _pages[0];
                if (page.IsNull)
                    return KernelAddress.Null;
                {|MMAP2001:return page;|}
            }
            """),
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                KernelAddress page = _pages[0];
                if (page.IsNull)
                    return KernelAddress.Null;
                // The page table entry owns one reference; unmap gives it back.
                Kernel.GetPage(page);
                return page;
            }
            """));

    [Fact]
    public Task A_page_that_may_be_null_is_tested_first() => VerifyFix.Repairs(
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                {|MMAP2001:return _page;|}
            }
            """),
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                // The page table entry owns one reference; unmap gives it back.
                if (!_page.IsNull)
                {
                    Kernel.GetPage(_page);
                }

                return _page;
            }
            """));

    [Fact]
    public Task An_element_is_kept_in_a_local() => VerifyFix.Repairs(
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                ulong index = (address - area.Start) / 4096;
                if (index >= 4 || _pages[index].IsNull)
                {
                    return KernelAddress.Null;
                }

                {|MMAP2001:return _pages[index];|}
            }
            """),
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                ulong index = (address - area.Start) / 4096;
                if (index >= 4 || _pages[index].IsNull)
                {
                    return KernelAddress.Null;
                }

                KernelAddress page = _pages[index];
                // The page table entry owns one reference; unmap gives it back.
                Kernel.GetPage(page);
                return page;
            }
            """));

    [Fact]
    public Task Var_is_used_where_the_file_uses_it_and_a_taken_name_gets_a_number() => VerifyFix.Repairs(
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                var page = (address - area.Start) / 4096;
                if (page >= 4)
                    return KernelAddress.Null;
                {|MMAP2001:return _pages[page];|}
            }
            """),
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                var page = (address - area.Start) / 4096;
                if (page >= 4)
                    return KernelAddress.Null;
                var page1 = _pages[page];
                // The page table entry owns one reference; unmap gives it back.
                if (!page1.IsNull)
                    Kernel.GetPage(page1);
                return page1;
            }
            """));

    [Fact]
    public Task An_expression_body_becomes_a_block() => VerifyFix.Repairs(
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare) =>
                {|MMAP2001:_pages[0]|}; // the only one
            """),
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                KernelAddress page = _pages[0];
                // The page table entry owns one reference; unmap gives it back.
                if (!page.IsNull)
                {
                    Kernel.GetPage(page);
                }

                return page;
            } // the only one
            """));

    [Fact]
    public Task A_lambda_becomes_a_block() => VerifyFix.Repairs(
        Drivers.Table(
            """
            private readonly KernelAddress _page;
            private readonly VmOperations _ops;

            public Driver(KernelAddress page)
            {
                _page = page;
                _ops = new VmOperations
                {
                    Nopage = (area, address, noShare) => {|MMAP2001:_page|},
                };
            }
            """),
        Drivers.Table(
            """
            private readonly KernelAddress _page;
            private readonly VmOperations _ops;

            public Driver(KernelAddress page)
            {
                _page = page;
                _ops = new VmOperations
                {
                    Nopage = (area, address, noShare) =>
                    {
                        // The page table entry owns one reference; unmap gives it back.
                        if (!_page.IsNull)
                        {
                            Kernel.GetPage(_page);
                        }

                        return _page;
                    },
                };
            }
            """));

    [Fact]
    public Task A_return_without_braces_gets_them() => VerifyFix.Repairs(
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                if (!_page.IsNull)
                    {|MMAP2001:return _page;|}
                return KernelAddress.Null;
            }
            """),
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                if (!_page.IsNull)
                {
                    // The page table entry owns one reference; unmap gives it back.
                    Kernel.GetPage(_page);
                    return _page;
                }
                return KernelAddress.Null;
            }
            """));

    [Fact]
    public Task Two_exits_are_repaired_together() => VerifyFix.Repairs(
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                if (noShare)
                {
                    {|MMAP2001:return _pages[0];|}
                }

                {|MMAP2001:return _pages[1];|}
            }
            """),
        Drivers.Serving(
            """
            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                if (noShare)
                {
                    KernelAddress page = _pages[0];
                    // The page table entry owns one reference; unmap gives it back.
                    if (!page.IsNull)
                    {
                        Kernel.GetPage(page);
                    }

                    return page;
                }

                KernelAddress page1 = _pages[1];
                // The page table entry owns one reference; unmap gives it back.
                if (!page1.IsNull)
                {
                    Kernel.GetPage(page1);
                }

                return page1;
            }
            """));

    [Fact]
    public Task Two_files_are_repaired_together() => VerifyFix.Repairs(
        [Page("First", "{|MMAP2001:return _page;|}"), Page("Second", "{|MMAP2001:return _page;|}")],
        [Page("First", Counted), Page("Second", Counted)]);

    [Fact]
    public Task Nothing_is_offered_where_no_kernel_is_at_hand() => VerifyFix.OffersNothing(
        """
        public sealed class Pages(KernelAddress page)
        {
            private readonly KernelAddress _page = page;

            public VmOperations Create() => new() { Nopage = Nopage };

            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                {|MMAP2001:return _page;|}
            }
        }
        """);

    private const string Counted =
        """
        // The page table entry owns one reference; unmap gives it back.
                if (!_page.IsNull)
                {
                    Kernel.GetPage(_page);
                }

                return _page;
        """;

    private static string Page(string name, string exit) =>
        $$"""
        public abstract class {{name}} : KernelModule
        {
            private KernelAddress _page;

            public VmOperations Create() => new() { Nopage = Nopage };

            public void Fill() => _page = Kernel.GetFreePage();

            private KernelAddress Nopage(VmArea area, UserAddress address, bool noShare)
            {
                {{exit}}
            }
        }
        """;
}
