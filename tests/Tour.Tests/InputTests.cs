using Tour.Commands;

namespace Tour.Tests;

/// <summary>Input that cannot be worked on: a message on the error stream, and exit code 2.</summary>
public sealed class InputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Terminal _terminal = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_path_that_does_not_exist() => Refuses(Path.Combine(_folder.Path, "Missing.cs"), "Missing.cs does not exist");

    [Theory]
    [InlineData("")]
    [InlineData(" \n\n")]
    public Task An_empty_file(string text) => Refuses(_folder.Write("Empty.cs", text), "Empty.cs is empty");

    [Fact]
    public Task A_file_that_is_no_text() => Refuses(_folder.Write("Picture.cs", [0x89, 0x50, 0, 1, 2, 0]), "Picture.cs is not a text file");

    [Fact]
    public Task A_folder_without_sources()
    {
        _folder.Write("obj/Generated.cs", Drivers.Good);
        _folder.Write("readme.txt", "text");
        return Refuses(_folder.Path, "contains no C# file");
    }

    [Fact]
    public Task A_file_that_does_not_compile() =>
        Refuses(_folder.Write("Typo.cs", Drivers.Good.Replace("Errno.EAGAIN", "Errno.EAGIAN")), "does not compile", "Typo.cs:21:", "CS0117", "EAGIAN");

    [Fact]
    public Task A_file_that_may_not_be_read()
    {
        var path = _folder.Write("Secret.cs", Drivers.Good);
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Permissions do not stop this user.");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);
        return Refuses(path, "Secret.cs cannot be read");
    }

    [Fact]
    public async Task An_option_that_does_not_exist()
    {
        Assert.Equal(ExitCode.BadInput, await _terminal.RunAsync("--fxi"));
        Assert.Contains("--fxi", _terminal.Errors);
    }

    [Fact]
    public async Task Nothing_to_fix()
    {
        Assert.Equal(ExitCode.BadInput, await _terminal.RunAsync("--fix"));
        Assert.Contains("--fix needs a path", _terminal.Errors);
    }

    private async Task Refuses(string path, params string[] messages)
    {
        Assert.Equal(ExitCode.BadInput, await _terminal.RunAsync(path));
        Assert.All(messages, message => Assert.Contains(message, _terminal.Errors));
        Assert.Empty(_terminal.Output);
    }
}
