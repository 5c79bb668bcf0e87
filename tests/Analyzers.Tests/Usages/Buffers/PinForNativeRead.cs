// Pin memory for the duration of a native call.
using System.Buffers;
using System.Runtime.InteropServices;

namespace Usages.Buffers;

internal static unsafe partial class Sensor
{
    public static int Sample(Memory<byte> target)
    {
        using MemoryHandle pin = target.Pin();
        return sensor_read((byte*)pin.Pointer, target.Length);
    }

    public static void Describe(ReadOnlyMemory<byte> name, Action<nint> use)
    {
        MemoryHandle pin = name.Pin();
        try
        {
            use((nint)pin.Pointer);
        }
        finally
        {
            pin.Dispose();
        }
    }

    [DllImport("sensor")]
    private static extern int sensor_read(byte* into, int length);
}
