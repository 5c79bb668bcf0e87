namespace MmapAnalyzers.Pairs;

/// <summary>Values that are loaded once, with the locks of several ages that such code has.</summary>
public sealed class Cache<TKey, TValue>(Func<TKey, CancellationToken, Task<TValue>> load, int limit) : IDisposable
    where TKey : notnull
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly ReaderWriterLockSlim _access = new();
    private readonly object _statistics = new();
    private readonly Lock _listening = new();
    private readonly Dictionary<TKey, TValue> _values = [];
    private readonly Queue<TKey> _order = [];
    private readonly List<Action<TKey>> _listeners = [];
    private int _hits;
    private int _misses;

    public async Task<TValue> GetAsync(TKey key, CancellationToken cancellation)
    {
        if (TryGet(key, out TValue? known))
            return known!;
        await _loading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (TryGet(key, out known))
                return known!;
            TValue value = await load(key, cancellation).ConfigureAwait(false);
            Store(key, value);
            return value;
        }
        finally
        {
            _loading.Release();
        }
    }

    public async Task<int> PreloadAsync(IEnumerable<TKey> keys, CancellationToken cancellation)
    {
        if (!await _loading.WaitAsync(TimeSpan.FromSeconds(1), cancellation).ConfigureAwait(false))
            return 0;
        int loaded = 0;
        try
        {
            foreach (TKey key in keys.Distinct().Where(key => !_values.ContainsKey(key)))
            {
                cancellation.ThrowIfCancellationRequested();
                Store(key, await load(key, cancellation).ConfigureAwait(false));
                loaded++;
            }
        }
        catch (InvalidOperationException) when (loaded > 0)
        {
            return loaded;
        }
        finally
        {
            _loading.Release();
        }

        return loaded;
    }

    public bool TryGet(TKey key, out TValue? value)
    {
        _access.EnterReadLock();
        try
        {
            bool found = _values.TryGetValue(key, out value);
            Count(found);
            return found;
        }
        finally
        {
            _access.ExitReadLock();
        }
    }

    public (int Hits, int Misses) Statistics()
    {
        Monitor.Enter(_statistics);
        try
        {
            return (_hits, _misses);
        }
        finally
        {
            Monitor.Exit(_statistics);
        }
    }

    public void Listen(Action<TKey> listener)
    {
        using (_listening.EnterScope())
            _listeners.Add(listener);
    }

    public void Dispose()
    {
        _loading.Dispose();
        _access.Dispose();
    }

    private void Count(bool hit)
    {
        bool taken = false;
        try
        {
            Monitor.TryEnter(_statistics, 10, ref taken);
            if (taken)
                _ = hit ? _hits++ : _misses++;
        }
        finally
        {
            if (taken)
                Monitor.Exit(_statistics);
        }
    }

    private void Store(TKey key, TValue value)
    {
        List<TKey> dropped = [];
        _access.EnterWriteLock();
        try
        {
            _values[key] = value;
            _order.Enqueue(key);
            while (_order.Count > limit && _order.TryDequeue(out TKey? oldest))
            {
                _values.Remove(oldest);
                dropped.Add(oldest);
            }
        }
        finally
        {
            _access.ExitWriteLock();
        }

        Tell(dropped);
    }

    private void Tell(List<TKey> dropped)
    {
        _listening.Enter();
        Action<TKey>[] listeners;
        try
        {
            listeners = [.. _listeners];
        }
        finally
        {
            _listening.Exit();
        }

        foreach (TKey key in dropped)
        {
            foreach (Action<TKey> listener in listeners)
                listener(key);
        }
    }
}
