// A mutex of the system around a file that several processes append to.
namespace Usages.Waiting;

internal sealed class SharedLog : IDisposable
{
    private readonly Mutex _mutex;
    private readonly string _path;

    public SharedLog(string path)
    {
        _path = path;
        _mutex = new Mutex(false, path.Replace('/', '_'));
    }

    public void Append(string line)
    {
        _mutex.WaitOne();
        try
        {
            File.AppendAllText(_path, line + "\n");
        }
        finally
        {
            _mutex.ReleaseMutex();
        }
    }

    public void Dispose() => _mutex.Dispose();
}
