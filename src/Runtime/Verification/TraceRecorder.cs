using System.Globalization;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Verification;

/// <summary>Writes a trace.</summary>
internal sealed class TraceRecorder(MachineTrace trace, bool everyAccess) : ITracer
{
    private int _depth;

    public bool RecordsEveryAccess => everyAccess;

    public void Begin<TArguments>(int pid, string call, in TArguments arguments)
    {
        Add(TraceFormat.Call(pid, call, arguments));
        _depth++;
    }

    public void End(long? result)
    {
        Add(result is { } number ? "= " + (number < 0 && number > -4096 ? $"-{(Errno)(-number)}" : number.ToString("x", CultureInfo.InvariantCulture)) : "= none");
        _depth--;
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => Add("bytes " + Convert.ToHexString(bytes));

    public void Signal(int pid, Signal signal, ulong address) => Add(string.Create(CultureInfo.InvariantCulture, $"{signal} for {pid} at {address:x8}"));

    public void Callback(object? module, DriverCallback callback, string subject, object? result)
    {
        string name = callback.ToString().ToLowerInvariant();
        Add($"{name} of {module ?? "the kernel"} {subject}{(result is null ? "" : $" = {result}")}");
    }

    public void Oops(string message) => Add(message);

    private void Add(string line) => trace.Add(new string(' ', 2 * _depth) + line);
}
