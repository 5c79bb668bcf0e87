using MmapAnalyzers.Differential.Commands;
using Spectre.Console;

namespace MmapAnalyzers.Differential.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--operations", "many")]
    [InlineData("--operations", "0")]
    [InlineData("--operations", "-5")]
    [InlineData("--seed", "x")]
    [InlineData("--bogus")]
    public void Senseless_arguments_are_refused_with_a_message(params string[] arguments)
    {
        (int code, string output, string errors) = Run(arguments);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Empty(output);
        Assert.Contains(arguments[^1], errors);
    }

    [Fact]
    public void The_last_line_says_how_much_was_compared()
    {
        Agreement.NeedsHost();
        (int code, string output, _) = Run("--operations", "300", "--seed", "9");
        Assert.Equal(ExitCode.Good, code);
        Assert.Equal("seed 9\n300 operations, 0 divergences\n", output);
    }

    [Fact]
    public void A_run_that_is_interrupted_says_how_far_it_came()
    {
        Agreement.NeedsHost();
        (int code, string output, _) = Run(new CancellationToken(canceled: true), "--operations", "300", "--seed", "9");
        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Equal("seed 9\n0 operations, 0 divergences\n", output);
    }

    [Fact]
    public void The_table_of_differences_can_be_read()
    {
        (int code, string output, _) = Run("--differences");
        Assert.Equal(ExitCode.Good, code);
        Assert.Contains("mprotect of a hole: 2.0 has EFAULT", output);
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments) => Run(TestContext.Current.CancellationToken, arguments);

    private static (int Code, string Output, string Errors) Run(CancellationToken cancellation, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        IAnsiConsole progress = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(errors), Interactive = InteractionSupport.No });
        int code = CommandLine.Run(arguments, output, errors, progress, cancellation);
        return (code, output.ToString(), errors.ToString());
    }
}
