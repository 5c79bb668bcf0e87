using System.CommandLine;
using System.CommandLine.Parsing;
using BenchmarkDotNet.Running;
using MmapAnalyzers.Benchmarks.Budgets;
using MmapAnalyzers.Benchmarks.Growth;
using MmapAnalyzers.Benchmarks.Suites;
using Spectre.Console;

namespace MmapAnalyzers.Benchmarks.Commands;

/// <summary>What can be typed, and what it does.</summary>
internal static class CommandLine
{
    /// <summary>Runs the program.</summary>
    /// <param name="arguments">As typed; none asks for help.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var command = new RootCommand("Measures the emulated machine and the analyzers. Run it in the Release configuration, with nothing else to do for the computer.") { Budgets(), Growth(), Suite() };
        ParseResult parsed = command.Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parsed.Errors.Count == 0)
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        foreach (ParseError error in parsed.Errors)
            Console.Error.WriteLine(error.Message);
        Console.Error.WriteLine("Try --help.");
        return ExitCode.BadInput;
    }

    private static Command Budgets()
    {
        var json = new Option<bool>("--json") { Description = "Print for a tool, with the numbers behind each ratio." };
        var only = new Option<string[]>("--only") { Description = $"Only these: {string.Join(", ", AllBudgets.Names)}.", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. AllBudgets.Names]);
        var command = new Command("budgets", "Print a line 'name ratio budget ok|over' for each budget. Exit code 1 when one is over.") { json, only };
        command.SetAction(result =>
        {
            return new BudgetsCommand(Console.Out, Console.Error).Run(AllBudgets.Named(result.GetValue(only) ?? []), result.GetValue(json));
        });
        return command;
    }

    private static Command Growth()
    {
        var command = new Command("growth", "Print how costs grow with 1,000 to 1,000,000 areas and with 10 to 10,000 processes.");
        command.SetAction(_ =>
        {
            AreaGrowth.Print(AnsiConsole.Console);
            ProcessGrowth.Print(AnsiConsole.Console);
        });
        return command;
    }

    private static Command Suite()
    {
        var filter = new Argument<string>("filter") { Description = "Which benchmarks, such as *Fault*.", DefaultValueFactory = _ => "*" };
        var command = new Command("suite", "Run the suites of BenchmarkDotNet, for work on a single number.") { filter };
        command.SetAction(result => { BenchmarkSwitcher.FromAssembly(typeof(CommandLine).Assembly).Run(["--filter", result.GetValue(filter)!], SuiteConfig.Create()); });
        return command;
    }
}
