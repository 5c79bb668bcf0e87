using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.MMAP0001MalformedProtocolLine>;

namespace MmapAnalyzers.Tests.Rules;

/// <summary>That each kind of malformed line is found is shown by the tests of the parser; here, that the findings stand in the text file.</summary>
public sealed class MMAP0001Tests
{
    [Fact]
    public Task An_unknown_word_is_marked_where_it_stands() => Verify.ReportsIn(
        """
        resource lease "the lease"
          {|MMAP0001:aquires|} lease return M:Leases.Take
        """);

    [Fact]
    public Task What_is_missing_is_marked_at_the_end_of_the_line() => Verify.ReportsIn("acquires lease{|MMAP0001:|}   # and what?\nreleases lease return M:Leases.Give(*)");

    [Fact]
    public Task Every_line_is_read() => Verify.ReportsIn(
        """
        acquires {|MMAP0001:Lease|} return M:Leases.Take
        releases lease lease when={|MMAP0001:sometimes|} M:Leases.Give(*)
        """);

    [Fact]
    public Task Lines_may_end_as_on_windows() => Verify.ReportsIn("# first\r\n{|MMAP0001:aquires|} lease\r\n");

    [Fact]
    public Task A_readable_text_is_clean() => Verify.ReportsIn("acquires lease return M:Leases.Take");
}
