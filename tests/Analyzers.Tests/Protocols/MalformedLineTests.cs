using MmapAnalyzers.Protocols.Text;

namespace MmapAnalyzers.Tests.Protocols;

/// <summary>Every kind of line that says nothing, and the word that is to blame: it stands between brackets.</summary>
public sealed class MalformedLineTests
{
    [Theory]
    [InlineData("[aquires] unit return M:Api.Take", "there is no statement 'aquires'; did you mean 'acquires'?")]
    [InlineData("[xyzzy]", "there is no statement 'xyzzy'")]
    [InlineData("acquires[]", "the line ends where a resource is expected")]
    [InlineData("acquires unit[]   # nothing more", "the line ends where a target is expected")]
    [InlineData("acquires unit return[]", "the line ends where a subject is expected")]
    [InlineData("must-check[]", "the line ends where a subject is expected")]
    [InlineData("acquires [Unit] return M:Api.Take", "'Unit' is no name")]
    [InlineData("acquires [-unit] return M:Api.Take", "'-unit' is no name")]
    [InlineData("acquires unit [1st] M:Api.Take", "'1st' is no target")]
    [InlineData("acquires unit return.[x] M:Api.Take", "'x' is no number of a tuple element")]
    [InlineData("acquires unit return [wen=true] M:Api.Take", "there is no option 'wen'; did you mean 'when'?")]
    [InlineData("acquires unit return M:Api.Take(System.Int32, [System.Int32)]", "holds no blanks")]
    [InlineData("acquires unit return when=[treu] M:Api.Take", "there is no outcome 'treu'; did you mean 'true'?")]
    [InlineData("acquires unit return when=[is] M:Api.Take", "a number in parentheses is expected")]
    [InlineData("acquires unit return when=[is(1] M:Api.Take", "a number in parentheses is expected")]
    [InlineData("acquires unit return when=[zero(1)] M:Api.Take", "'zero' takes no number")]
    [InlineData("acquires unit return when=is([one]) M:Api.Take", "'one' is no number")]
    [InlineData("acquires unit return when=is([0xG]) M:Api.Take", "'0xG' is no number")]
    [InlineData("acquires unit return when=[1:true] M:Api.Take", "'1' is no name of a parameter")]
    [InlineData("acquires unit return when=true [when=false] M:Api.Take", "'when' is given twice")]
    [InlineData("acquires unit return awaited [awaited] M:Api.Take", "'awaited' is given twice")]
    [InlineData("acquires unit return when=true surely [surely] M:Api.Take", "'surely' is given twice")]
    [InlineData("acquires unit return surely [M:Api.Take]", "'when' is missing")]
    [InlineData("acquires unit return pair=a [pair=b] M:Api.Take", "'pair' is given twice")]
    [InlineData("acquires unit return pair=[1] M:Api.Take", "'1' is no name of a parameter")]
    [InlineData("uses unit this [pair=p1] M:Api.Take", "'pair' has no meaning in this statement")]
    [InlineData("borrows unit return [when=true] M:Api.Take", "'when' has no meaning in this statement")]
    [InlineData("must-check [awaited] M:Api.Take", "'awaited' has no meaning in this statement")]
    [InlineData("acquires unit return if=[p3] M:Api.Take", "'p3' is no condition")]
    [InlineData("acquires unit return if=p3&[flag] M:Api.Take", "'flag' is no number")]
    [InlineData("acquires unit return [Api.Take]", "'Api.Take' is no subject")]
    [InlineData("acquires unit return [N:Api]", "'N:Api' is no subject")]
    [InlineData("acquires unit return [M:Take]", "the name of the type is missing")]
    [InlineData("acquires unit return [M:Api.Tak*]", "an asterisk stands only for all parameter lists")]
    [InlineData("acquires unit return [T:Api(*)]", "an asterisk stands only for all parameter lists")]
    [InlineData("acquires unit return [M:Api.Take(*,System.Int32)]", "an asterisk stands only for all parameter lists")]
    [InlineData("acquires unit return [M:Api.Take(System.Int32]", "the parameter list is not closed")]
    [InlineData("borrows unit value [F:Api.Field(System.Int32)]", "only methods and indexers have parameters")]
    [InlineData("acquires unit return [import:libc]", "an import is written import:library!entry")]
    [InlineData("acquires unit return [import:!open]", "an import is written import:library!entry")]
    [InlineData("releases unit [fd] import:libc!close", "the parameters of an import are p0, p1 and so on")]
    [InlineData("releases unit p0 pair=[length] import:libc!munmap", "the parameters of an import are p0, p1 and so on")]
    [InlineData("releases unit [this] import:libc!close", "a native function is called on no object")]
    [InlineData("transfers unit [value] M:Api.Take", "only properties and fields are assigned a value")]
    [InlineData("transfers unit [this] F:Api.Field", "of a field only the assigned value counts")]
    [InlineData("acquires unit [this] M:Api.#ctor", "a constructor is called on no object")]
    [InlineData("alias [return] M:Api.Same", "an alias denotes 'this' or a parameter")]
    [InlineData("""resource unit ["the unit]""", "the quotation mark is not closed")]
    [InlineData("resource unit [unit]", "stands in quotation marks")]
    [InlineData("""resource unit [""]""", "stands in quotation marks")]
    [InlineData("resource unit[]", "the line ends where what a message calls one unit")]
    [InlineData("""resource unit "the unit" [colected]""", "'colected' says nothing of a resource")]
    [InlineData("""resource unit "the unit" collected [twice]""", "nothing can follow here")]
    [InlineData("library libc[]", "the line ends where '=' is expected")]
    [InlineData("library libc [libc.so]", "'=' is expected")]
    [InlineData("library libc =[]", "the line ends where the name of a module is expected")]
    [InlineData("library [LibC] = libc", "'LibC' is no name")]
    public void The_word_to_blame_is_named(string marked, string message)
    {
        var (open, close) = (marked.IndexOf('['), marked.IndexOf(']') - 1);
        var text = ProtocolText.Parse(["# a comment", marked.Remove(close + 1, 1).Remove(open, 1)]);

        var error = Assert.Single(text.Errors);
        Assert.Equal((Line: 1, Column: open, Length: close - open), (error.Place.Line, error.Place.Column, error.Place.Length));
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void The_rest_of_the_text_still_counts()
    {
        var text = ProtocolText.Parse(["acquires unit return M:Api.Take", "acquires unit", "releases unit item M:Api.Give(System.Object)"]);

        Assert.Equal(["Take", "Give"], text.Rows.Select(row => row.Subject.Name));
        Assert.Single(text.Errors);
    }
}
