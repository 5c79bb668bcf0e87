// A small struct that rents in its factory and gives back in Dispose, used with using.
using System.Buffers;

namespace Usages.Buffers;

internal readonly struct Rental<T> : IDisposable
{
    private readonly T[] _array;

    private Rental(T[] array) => _array = array;

    public Span<T> Items => _array;

    public static Rental<T> Of(int length) => new(ArrayPool<T>.Shared.Rent(length));

    public void Dispose() => ArrayPool<T>.Shared.Return(_array);
}

internal static class Median
{
    public static double Of(ReadOnlySpan<double> values)
    {
        using Rental<double> copy = Rental<double>.Of(values.Length);
        values.CopyTo(copy.Items);
        copy.Items[..values.Length].Sort();
        return copy.Items[values.Length / 2];
    }
}
