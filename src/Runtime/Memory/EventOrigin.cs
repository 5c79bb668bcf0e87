namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Where events of one kind came from: to objects of one type, in one method of one module. It stands for the place of those that nobody looked at.</summary>
internal sealed class EventOrigin
{
    private const int Remembered = 4;

    private readonly List<string> _places = [];
    private long _crossings = -1;

    /// <summary>Whether no place was found so far.</summary>
    public bool IsUnknown => _places.Count == 0;

    /// <summary>In how many calls such events happened.</summary>
    public int Calls { get; private set; }

    /// <summary>What is known about the events of the call that is current: a place in words, this origin, or null when there is nothing but the runtime.</summary>
    public object? Current { get; private set; }

    /// <summary>Whether nobody has entered or left the kernel since the last event.</summary>
    public bool IsAt(long crossings) => _crossings == crossings;

    /// <summary>The first event of another call.</summary>
    public void MoveTo(long crossings, object? site)
    {
        _crossings = crossings;
        Calls++;
        Correct(site);
    }

    /// <summary>Takes note of what is known about the call that is current.</summary>
    public void Correct(object? site)
    {
        Current = site;
        if (site is not string place || _places.Contains(place))
            return;
        if (_places.Count == Remembered)
            _places.RemoveAt(0);
        _places.Add(place);
    }

    /// <summary>The places found last, oldest first: <c>not seen, others came from Driver.Nopage Driver.cs:20 or Driver.Nopage Driver.cs:24</c>.</summary>
    public override string ToString() => "not seen, others came from " + string.Join(" or ", _places);
}
