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

    public static int Describe(ReadOnlyMemory<byte> name)
    {
        MemoryHandle pin = name.Pin();
        try
        {
            return sensor_name((byte*)pin.Pointer, name.Length);
        }
        finally
        {
            pin.Dispose();
        }
    }

    [DllImport("sensor")]
    private static extern int sensor_read(byte* into, int length);

    [DllImport("sensor")]
    private static extern int sensor_name(byte* name, int length);
}
