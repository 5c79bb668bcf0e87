// A block for an operation that is running: made by Start, freed by its completion.
using System.Runtime.InteropServices;

namespace Usages.Marshalling;

internal sealed class Transfer : IDisposable
{
    private nint _block;

    public void Start(SafeHandle device, int length)
    {
        if (_block != 0)
            throw new InvalidOperationException("A transfer is running.");

        nint block = Marshal.AllocHGlobal(length);
        int result;
        try
        {
            result = transfer_submit(device, block, length);
        }
        catch
        {
            Marshal.FreeHGlobal(block);
            throw;
        }

        if (result < 0)
        {
            Marshal.FreeHGlobal(block);
            throw new IOException("The transfer was refused.");
        }

        _block = block;
    }

    public void Dispose()
    {
        if (_block == 0)
            return;
        Marshal.FreeHGlobal(_block);
        _block = 0;
    }

    [DllImport("usb")]
    private static extern int transfer_submit(SafeHandle device, nint block, int length);
}
