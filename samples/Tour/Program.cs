using System.Text;
using Tour.Commands;
using Tour.Presentation;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = !interruption.IsCancellationRequested;   // a second Ctrl-C ends it at once
    interruption.Cancel();
};
return await CommandLine.RunAsync(args, Screen.OfConsole(), Console.Error, Progress.OfConsole(), interruption.Token);
