using System.Diagnostics;
using System.Text;

namespace MmapAnalyzers.Package.Tests;

/// <summary>Runs the SDK's command line as a user would, apart from what the test host left in the environment.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The command's output; the test fails with all of it when the exit code is not zero.</summary>
    public static async Task<string> Run(string folder, string? packages, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (packages is not null)
            start.Environment["NUGET_PACKAGES"] = packages;

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        var log = new StringBuilder();
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await Task.WhenAll(Copy(process.StandardOutput, log, deadline.Token), Copy(process.StandardError, log, deadline.Token));
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"Not done after {Patience}: dotnet {string.Join(' ', arguments)} (in {folder})\n{log}");
        }

        Assert.True(process.ExitCode == 0, $"Exit code {process.ExitCode}: dotnet {string.Join(' ', arguments)} (in {folder})\n{log}");
        return log.ToString();
    }

    private static async Task Copy(StreamReader from, StringBuilder log, CancellationToken cancellation)
    {
        while (await from.ReadLineAsync(cancellation) is { } line)
        {
            lock (log)
                log.AppendLine(line);
        }
    }
}
