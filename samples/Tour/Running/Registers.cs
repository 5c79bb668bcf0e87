using MmapAnalyzers.Runtime.Hardware;

namespace Tour.Running;

/// <summary>A device whose registers keep what is written to them.</summary>
internal sealed class Registers(int size) : IMmioHandler
{
    private readonly byte[] _bytes = new byte[size];

    public ulong Read(ulong offset, int size)
    {
        ulong value = 0;
        for (var i = size - 1; i >= 0; i--)
            value = (value << 8) | _bytes[(int)offset + i];
        return value;
    }

    public void Write(ulong offset, int size, ulong value)
    {
        for (var i = 0; i < size; i++)
            _bytes[(int)offset + i] = (byte)(value >> (8 * i));
    }
}
