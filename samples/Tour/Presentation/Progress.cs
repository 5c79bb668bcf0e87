namespace Tour.Presentation;

/// <summary>Tells on the error stream what takes so long, if a person is watching. Short work is over before the first word.</summary>
internal sealed class Progress(TextWriter errors, bool isWatched)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private string _message = "";
    private string _last = "";
    private int _written;
    private DateTime _begin;

    /// <summary>Progress as the console wants it.</summary>
    public static Progress OfConsole() => new(Console.Error, !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb");

    /// <summary>Begins; disposing wipes what was written.</summary>
    public IDisposable Start()
    {
        _begin = DateTime.UtcNow;
        return isWatched ? new Ticker(this) : new Ticker(null);
    }

    /// <summary>Says what is going on now.</summary>
    public void Show(string message)
    {
        lock (_lock)
            _message = message;
    }

    /// <summary>Wipes what was written.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (_written > 0)
                errors.Write($"\r{new string(' ', _written)}\r");
            _written = 0;
            _message = _last = "";
        }
    }

    private void Tick()
    {
        lock (_lock)
        {
            var elapsed = DateTime.UtcNow - _begin;
            if (elapsed < Patience || _message.Length == 0)
                return;
            var text = $"{_message}, {elapsed.TotalSeconds:0} s";
            if (text == _last)
                return;
            _last = text;
            errors.Write($"\r{text.PadRight(_written)}");
            _written = Math.Max(_written, text.Length);
        }
    }

    private sealed class Ticker : IDisposable
    {
        private readonly Progress? _progress;
        private readonly Timer? _timer;

        public Ticker(Progress? progress)
        {
            _progress = progress;
            _timer = progress is null ? null : new Timer(_ => progress.Tick(), null, Patience, Pause);
        }

        public void Dispose()
        {
            _timer?.Dispose();
            _progress?.Clear();
        }
    }
}
