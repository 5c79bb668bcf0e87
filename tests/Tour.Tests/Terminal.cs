using Tour.Commands;
using Tour.Presentation;

namespace Tour.Tests;

/// <summary>Runs the program as somebody would who redirects its output, and keeps what it writes.</summary>
internal sealed class Terminal
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public string Output => _output.ToString();

    public string Errors => _errors.ToString();

    public async Task<int> RunAsync(CancellationToken cancellation, params string[] arguments) =>
        await CommandLine.RunAsync(arguments, new Screen(_output, terminalWidth: null, colour: false), _errors, new Progress(_errors, isWatched: false), cancellation);

    public Task<int> RunAsync(params string[] arguments) => RunAsync(TestContext.Current.CancellationToken, arguments);
}
