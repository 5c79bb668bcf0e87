namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The last lines that the kernel and its drivers printed (<c>log_buf</c>): old ones give way to new ones.</summary>
internal sealed class KernelLog
{
    private const int Capacity = 1024;

    private readonly Queue<string> _lines = new();

    public IReadOnlyList<string> Lines => _lines.ToArray();

    public void Write(string line)
    {
        if (_lines.Count == Capacity)
            _lines.Dequeue();
        _lines.Enqueue(line);
    }
}
