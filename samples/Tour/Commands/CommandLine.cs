using System.CommandLine;
using Tour.Presentation;
using Tour.Sources;

namespace Tour.Commands;

/// <summary>What can be typed, and what it does.</summary>
internal static class CommandLine
{
    /// <summary>Runs the program.</summary>
    /// <param name="arguments">As typed.</param>
    /// <param name="screen">For results.</param>
    /// <param name="errors">For what is wrong with the input.</param>
    /// <param name="progress">For the impatient.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, Screen screen, TextWriter errors, Progress progress, CancellationToken cancellation)
    {
        var path = new Argument<string?>("path") { Description = "A C# file with a driver, or a folder of them: all *.cs below it except in bin and obj, compiled together.", Arity = ArgumentArity.ZeroOrOne };
        var fix = new Option<bool>("--fix") { Description = "Make the repairs in the files instead of only showing them." };
        var command = new RootCommand(
            """
            Without a path: a tour of five broken drivers. Each is analyzed, run on an emulated machine until its mistake shows, repaired and run again.
            With a path: your own drivers, analyzed, with the repairs as a diff. They are compiled against .NET 10 and MmapAnalyzers.Runtime, with implicit usings where they are needed; severities are those of your .editorconfig.

            Exit code: 0 nothing is found (left, with --fix) or the tour went as told; 1 something is; 2 there is no usable input; 130 interrupted.
            """) { path, fix };
        command.SetAction((result, token) => ActAsync(result.GetValue(path), result.GetValue(fix), token));

        var parsed = command.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await errors.WriteLineAsync(error.Message);
            await errors.WriteLineAsync("Try --help.");
            return ExitCode.BadInput;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellation);

        async Task<int> ActAsync(string? given, bool write, CancellationToken token)
        {
            try
            {
                if (given is not null)
                    return await new CheckCommand(screen, errors, progress, token).RunAsync(given, write);
                if (write)
                    throw new InputException("--fix needs a path.");
                return await new GuidedTour(screen, token).RunAsync();
            }
            catch (InputException exception)
            {
                await errors.WriteLineAsync(exception.Message);
                return ExitCode.BadInput;
            }
            catch (OperationCanceledException)
            {
                await errors.WriteLineAsync("Interrupted.");
                return ExitCode.Interrupted;
            }
        }
    }
}
