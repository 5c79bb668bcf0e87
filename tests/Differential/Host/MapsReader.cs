using MmapAnalyzers.Differential.Comparing;
using MmapAnalyzers.Differential.Programs;
using MmapAnalyzers.Runtime.Vm;
using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Differential.Host;

/// <summary>Reads <c>/proc/pid/maps</c>, as far as the arena goes: it is the lowest of all that a process has mapped.</summary>
internal sealed class MapsReader(string process) : IDisposable
{
    private readonly int _fd = (int)HostKernel.Must("open", HostKernel.OpenToRead($"/proc/{process}/maps"));
    private readonly byte[] _buffer = new byte[16 << 10];
    private int _guess = 512;

    public void Read(SpaceView view)
    {
        view.Clear();
        int filled = 0;
        long offset = 0;
        while (true)
        {
            // The kernel formats no more than is asked for, and what follows the arena is long: ask for as much as the arena took the last time.
            long count = HostKernel.Must("read of maps", HostKernel.ReadAt(_fd, _buffer.AsSpan(filled, _guess), offset));
            if (count == 0)
                return;
            offset += count;
            filled += (int)count;
            ReadOnlySpan<byte> text = _buffer.AsSpan(0, filled);
            while (text.IndexOf((byte)'\n') is >= 0 and var end)
            {
                bool isLast = !ReadLine(text[..end], view);
                text = text[(end + 1)..];
                if (!isLast)
                    continue;
                _guess = Math.Clamp((int)offset - text.Length, 512, _buffer.Length / 2);
                return;
            }

            text.CopyTo(_buffer);
            filled = text.Length;
        }
    }

    public void Dispose() => HostKernel.Close(_fd);

    /// <summary>Enters one line, such as <c>40000000-40001000 rw-p 00000000 00:01 1027 /memfd:device</c>.</summary>
    /// <returns>Whether the arena may go on behind it.</returns>
    private static bool ReadLine(ReadOnlySpan<byte> line, SpaceView view)
    {
        ulong start = Hex(ref line);
        ulong end = Hex(ref line);
        if (start >= Arena.End)
            return false;
        Protection protection = (line[0] == 'r' ? Protection.Read : 0) | (line[1] == 'w' ? Protection.Write : 0) | (line[2] == 'x' ? Protection.Exec : 0);
        bool isShared = line[3] == 's';
        line = line[5..];
        ulong offset = Hex(ref line);
        line = line[(line.IndexOf((byte)' ') + 1)..];
        bool isDevice = line[0] != '0';
        view.Add(start, end, new PageView(true, protection, isShared, isDevice, isDevice ? offset : 0));
        return end < Arena.End;
    }

    private static ulong Hex(ref ReadOnlySpan<byte> text)
    {
        ulong value = 0;
        int i = 0;
        for (; text[i] is not ((byte)'-' or (byte)' '); i++)
            value = (value << 4) | (uint)(text[i] <= '9' ? text[i] - '0' : text[i] - 'a' + 10);
        text = text[(i + 1)..];
        return value;
    }
}
