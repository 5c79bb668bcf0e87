using System.CommandLine;
using System.CommandLine.Parsing;
using MmapAnalyzers.Differential.Comparing;
using Spectre.Console;

namespace MmapAnalyzers.Differential.Commands;

/// <summary>What can be typed, and what it does.</summary>
internal static class CommandLine
{
    /// <summary>Runs the program.</summary>
    /// <param name="arguments">As typed.</param>
    /// <param name="output">For results.</param>
    /// <param name="errors">For what is wrong with the arguments.</param>
    /// <param name="progress">For the impatient.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter errors, IAnsiConsole progress, CancellationToken cancellation)
    {
        var operations = new Option<long>("--operations") { Description = "How many operations are compared.", DefaultValueFactory = _ => 1_000_000 };
        operations.Validators.Add(AtLeastOne);
        var seed = new Option<int?>("--seed") { Description = "Where the random programs start; the same seed gives the same programs. Default: another one each time." };
        var list = new Option<bool>("--differences") { Description = "Print where Linux 2.0.40 and today's Linux may differ, and nothing else." };
        var command = new RootCommand(
            """
            Runs random programs of map, unmap, protect, remap, load, store and fork on the Linux of this computer and on the emulated machine, and compares after each operation: results, error numbers, signals, the protection of every page, and its content. The last line says how many operations were compared and how many programs ended in a divergence.

            Exit code: 0 no divergence; 1 some; 2 the arguments make no sense; 130 interrupted.
            """) { operations, seed, list };
        command.SetAction(result =>
        {
            if (result.GetValue(list))
                return ListDifferences(output);
            int first = result.GetValue(seed) ?? Random.Shared.Next();
            return new CompareCommand(output, progress, cancellation).Run(first, result.GetValue(operations));
        });

        ParseResult parsed = command.Parse(arguments);
        if (parsed.Errors.Count == 0)
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        foreach (ParseError error in parsed.Errors)
            errors.WriteLine(error.Message);
        errors.WriteLine("Try --help.");
        return ExitCode.BadInput;
    }

    private static int ListDifferences(TextWriter output)
    {
        foreach (KnownDifference difference in KnownDifferences.All)
            output.WriteLine($"- {difference}");
        return ExitCode.Good;
    }

    private static void AtLeastOne(OptionResult option)
    {
        if (option.Tokens is [{ Value: var text }] && (!long.TryParse(text, out long value) || value < 1))
            option.AddError($"--operations is a number from 1 on, not '{text}'.");
    }
}
