using System.Collections;
using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Flow;

/// <summary>
/// An immutable map of few entries. What a path knows is copied and compared far oftener than it is searched: the entries lie in one array, and two maps that differ are told
/// apart by their hashes alone.
/// </summary>
internal sealed class Map<TKey, TValue> : IReadOnlyCollection<KeyValuePair<TKey, TValue>>, IEquatable<Map<TKey, TValue>>
    where TKey : notnull
{
    public static readonly Map<TKey, TValue> Empty = new([]);

    private static readonly IEqualityComparer<TKey> Comparer =
        typeof(TKey) == typeof(ISymbol) ? (IEqualityComparer<TKey>)(object)SymbolEqualityComparer.Default : EqualityComparer<TKey>.Default;

    private readonly Entry[] _entries;
    private readonly int _hash;

    private Map(Entry[] entries)
    {
        _entries = entries;
        foreach (var entry in entries)
        {
            _hash = unchecked(_hash + entry.Hash);
        }
    }

    public int Count => _entries.Length;

    public bool IsEmpty => _entries.Length == 0;

    public IEnumerable<TKey> Keys => _entries.Select(static entry => entry.Pair.Key);

    public IEnumerable<TValue> Values => _entries.Select(static entry => entry.Pair.Value);

    public TValue this[TKey key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key.ToString());

    /// <summary>The map of pairs of which no two have the same key.</summary>
    public static Map<TKey, TValue> Of(IEnumerable<KeyValuePair<TKey, TValue>> pairs)
    {
        Entry[] entries = [.. pairs.Select(static pair => new Entry(pair.Key, pair.Value))];
        return entries.Length == 0 ? Empty : new Map<TKey, TValue>(entries);
    }

    public bool ContainsKey(TKey key) => IndexOf(key) >= 0;

    public bool ContainsValue(TValue value) => Array.Exists(_entries, entry => EqualityComparer<TValue>.Default.Equals(entry.Pair.Value, value));

    public bool TryGetValue(TKey key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value)
    {
        var index = IndexOf(key);
        value = index < 0 ? default : _entries[index].Pair.Value;
        return index >= 0;
    }

    public Map<TKey, TValue> SetItem(TKey key, TValue value)
    {
        var index = IndexOf(key);
        if (index >= 0 && EqualityComparer<TValue>.Default.Equals(_entries[index].Pair.Value, value))
        {
            return this;
        }

        var entries = new Entry[index < 0 ? _entries.Length + 1 : _entries.Length];
        Array.Copy(_entries, entries, _entries.Length);
        entries[index < 0 ? _entries.Length : index] = new Entry(key, value);
        return new Map<TKey, TValue>(entries);
    }

    public Map<TKey, TValue> SetItems(IEnumerable<KeyValuePair<TKey, TValue>> pairs)
    {
        var entries = new List<Entry>(_entries);
        foreach (var pair in pairs)
        {
            var added = new Entry(pair.Key, pair.Value);
            var index = entries.FindIndex(entry => entry.KeyHash == added.KeyHash && Comparer.Equals(entry.Pair.Key, pair.Key));
            if (index < 0)
            {
                entries.Add(added);
            }
            else
            {
                entries[index] = added;
            }
        }

        return new Map<TKey, TValue>([.. entries]);
    }

    public Map<TKey, TValue> Remove(TKey key) => IndexOf(key) is >= 0 and var index ? new Map<TKey, TValue>([.. _entries.Where((_, position) => position != index)]) : this;

    public Map<TKey, TValue> RemoveRange(IEnumerable<TKey> keys)
    {
        var indices = new HashSet<int>(keys.Select(key => IndexOf(key)).Where(static index => index >= 0));
        return indices.Count == 0 ? this : new Map<TKey, TValue>([.. _entries.Where((_, position) => !indices.Contains(position))]);
    }

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()
    {
        foreach (var entry in _entries)
        {
            yield return entry.Pair;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(Map<TKey, TValue>? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || _hash != other._hash || _entries.Length != other._entries.Length)
        {
            return false;
        }

        foreach (var entry in _entries)
        {
            var index = other.IndexOf(entry.Pair.Key, entry.KeyHash);
            if (index < 0 || !EqualityComparer<TValue>.Default.Equals(entry.Pair.Value, other._entries[index].Pair.Value))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as Map<TKey, TValue>);

    public override int GetHashCode() => _hash;

    private int IndexOf(TKey key) => _entries.Length == 0 ? -1 : IndexOf(key, Comparer.GetHashCode(key));

    private int IndexOf(TKey key, int hash)
    {
        for (var index = 0; index < _entries.Length; index++)
        {
            if (_entries[index].KeyHash == hash && Comparer.Equals(_entries[index].Pair.Key, key))
            {
                return index;
            }
        }

        return -1;
    }

    private readonly struct Entry(TKey key, TValue value)
    {
        public readonly KeyValuePair<TKey, TValue> Pair = new(key, value);

        public readonly int KeyHash = Comparer.GetHashCode(key);

        /// <summary>Of key and value together; sums of it do not depend on the order of entries.</summary>
        public int Hash => unchecked((KeyHash * 31) ^ (EqualityComparer<TValue>.Default.GetHashCode(Pair.Value!) * 0x2545F491));
    }
}

internal static class MapExtensions
{
    /// <summary>The map of pairs of which no two have the same key.</summary>
    public static Map<TKey, TValue> ToMap<TKey, TValue>(this IEnumerable<KeyValuePair<TKey, TValue>> pairs)
        where TKey : notnull =>
        Map<TKey, TValue>.Of(pairs);
}
