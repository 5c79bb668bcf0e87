namespace MmapAnalyzers.Tests.Rules;

/// <summary>Programs that take and give back what members of the framework count.</summary>
internal static class PairingProgram
{
    /// <summary>A type with a lock, a semaphore and a number, and the members of the test.</summary>
    public static string With(string members) =>
        $$"""
        using System.Buffers;
        using System.IO;
        using System.Runtime.InteropServices;
        using System.Threading;
        using System.Threading.Tasks;

        internal class Program
        {
            private readonly object _gate = new();
            private readonly SemaphoreSlim _slots = new(1);
            private int _count;

            {{members}}
        }
        """;
}
