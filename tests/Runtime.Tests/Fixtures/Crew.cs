namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>Threads that start together; what one of them throws fails the test.</summary>
internal static class Crew
{
    public static void Run(params Action[] bodies)
    {
        using var start = new Barrier(bodies.Length);
        var failures = new Exception?[bodies.Length];
        Thread[] threads = [.. bodies.Select((body, index) => new Thread(() => failures[index] = Catch(start, body)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
            throw new InvalidOperationException($"Thread {Array.IndexOf(failures, first)}: {first.Message}", first);
    }

    private static Exception? Catch(Barrier start, Action body)
    {
        start.SignalAndWait();
        return Record.Exception(body);
    }
}
