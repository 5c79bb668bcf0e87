using Tour.Sources;

namespace Tour.Tests;

public sealed class LineEndingsTests
{
    [Theory]
    [InlineData("a\r\nb\r\n", "a\nx\nb\n", "a\r\nx\r\nb\r\n")]
    [InlineData("a\nb\n", "a\r\nx\r\nb\r\n", "a\nx\nb\n")]
    [InlineData("a\nb", "a\r\nx\r\nb", "a\nx\nb")]
    [InlineData("a\r\nb\nc\r\n", "a\r\nx\nb\nc\r\n", "a\r\nx\r\nb\nc\r\n")]
    [InlineData("a\rb\r", "a\rx\nb\r", "a\rx\rb\r")]
    [InlineData("a", "a\r\nb", "a\nb")]
    [InlineData("", "a", "a")]
    public void Old_lines_keep_their_ending_and_new_ones_get_the_usual(string original, string changed, string expected) =>
        Assert.Equal(expected, LineEndings.Restore(original, changed));
}
