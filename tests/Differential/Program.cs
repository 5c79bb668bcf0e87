using System.Runtime.InteropServices;
using MmapAnalyzers.Differential.Commands;
using Spectre.Console;

using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = !interruption.IsCancellationRequested;   // a second Ctrl-C ends it at once
    interruption.Cancel();
};

// Asked to end by anything else, it still ends its children.
using PosixSignalRegistration termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
using PosixSignalRegistration hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt);
IAnsiConsole progress = AnsiConsole.Create(new AnsiConsoleSettings
{
    Out = new AnsiConsoleOutput(Console.Error),
    Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
});
return CommandLine.Run(args, Console.Out, Console.Error, progress, interruption.Token);

void Interrupt(PosixSignalContext context)
{
    context.Cancel = true;
    interruption.Cancel();
}
