using System.Text;
using Tour.Sources;

namespace Tour.Tests;

public sealed class SourceFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("iso-8859-1", false)]
    public void What_is_read_is_written_again_byte_for_byte(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] content = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes("class Ä { }\r\n")];
        var file = SourceFile.Read(_folder.Write("A.cs", content), "A.cs");
        Assert.Equal("class Ä { }\r\n", file.Text.ToString());
        Assert.Equal(content, file.Encode(file.Text.ToString()));
    }

    [Fact]
    public void A_file_that_somebody_changed_meanwhile_is_left_alone()
    {
        var path = _folder.Write("A.cs", "class A;");
        var file = SourceFile.Read(path, "A.cs");
        File.WriteAllText(path, "class B;");
        Assert.Throws<InputException>(() => SafeWriter.Replace(file, "class C;"));
        Assert.Equal("class B;", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        var path = _folder.Write("real/A.cs", "class A;");
        var link = Path.Combine(_folder.Path, "Link.cs");
        File.CreateSymbolicLink(link, path);
        SafeWriter.Replace(SourceFile.Read(link, "Link.cs"), "class B;");
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal("class B;", File.ReadAllText(path));
    }
}
