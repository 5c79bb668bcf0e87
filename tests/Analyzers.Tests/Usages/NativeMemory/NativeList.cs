// A list in native memory that grows by Realloc and is freed by Dispose and by the finalizer.
using System.Runtime.InteropServices;

namespace Usages.NativeMemories;

internal sealed unsafe class NativeList<T> : IDisposable
    where T : unmanaged
{
    private T* _items;
    private int _capacity;
    private int _count;

    public NativeList(int capacity)
    {
        _items = (T*)NativeMemory.Alloc((nuint)capacity, (nuint)sizeof(T));
        _capacity = capacity;
    }

    ~NativeList() => Free();

    public ref T this[int index] => ref _items[index];

    public void Add(T item)
    {
        if (_count == _capacity)
        {
            _items = (T*)NativeMemory.Realloc(_items, (nuint)(_capacity * 2 * sizeof(T)));
            _capacity *= 2;
        }

        _items[_count++] = item;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(_items);
        _items = null;
        _capacity = 0;
    }
}
