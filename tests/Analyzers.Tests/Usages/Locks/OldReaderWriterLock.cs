// The older reader-writer lock, where running out of time is an exception.
namespace Usages.Locks;

internal sealed class Settings
{
    private readonly ReaderWriterLock _lock = new();
    private readonly Dictionary<string, string> _values = [];

    public string? Find(string key)
    {
        _lock.AcquireReaderLock(1000);
        try
        {
            return _values.TryGetValue(key, out string? value) ? value : null;
        }
        finally
        {
            _lock.ReleaseReaderLock();
        }
    }

    public void Set(string key, string value)
    {
        _lock.AcquireWriterLock(Timeout.Infinite);
        try
        {
            _values[key] = value;
        }
        finally
        {
            _lock.ReleaseWriterLock();
        }
    }
}
