namespace NativeConsumer;

/// <summary>Two mappings of the same file, one behind the other.</summary>
public sealed class Ring
{
    private const nuint Size = 4096;

    private nint _head;
    private nint _data;

    public bool Open(int file)
    {
        nint head = Native.mmap(0, Size, 3, 1, file, 0); // expect: MMAP4001
        if (head == Native.Failed)
            return false;

        nint data = Native.mmap(0, Size, 3, 1, file, 4096);
        if (data == Native.Failed)
        {
            Native.munmap(head, Size);
            return false;
        }

        _head = head;
        _data = data;
        return true;
    }

    public void Close()
    {
        Native.munmap(_head, Size);
        Native.munmap(_data, Size);
    }
}
