using MmapAnalyzers.Differential.Commands;
using Spectre.Console;

using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = !interruption.IsCancellationRequested;   // a second Ctrl-C ends it at once
    interruption.Cancel();
};
IAnsiConsole progress = AnsiConsole.Create(new AnsiConsoleSettings
{
    Out = new AnsiConsoleOutput(Console.Error),
    Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
});
return CommandLine.Run(args, Console.Out, Console.Error, progress, interruption.Token);
