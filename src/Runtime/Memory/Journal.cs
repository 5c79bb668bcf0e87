using System.Globalization;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>The last events of all counted objects of a machine, in a ring: writing one down allocates nothing as long as call sites are not traced.</summary>
internal sealed class Journal(CallContext context, KernelLock kernelLock)
{
    private const int Capacity = 1024;
    private const int Shown = 8;

    private readonly CallSites _sites = new(context, kernelLock);
    private Entry[]? _entries;
    private int _next;

    /// <summary>Whether events remember the code outside of the runtime that caused them.</summary>
    public bool TracesCallSites { get; set; }

    /// <summary>Writes an event down.</summary>
    /// <param name="subject">What it happened to.</param>
    /// <param name="what">A verb.</param>
    /// <param name="count">The count of the object afterwards.</param>
    public void Add(object subject, string what, int count)
    {
        _entries ??= new Entry[Capacity];
        _entries[_next] = new Entry(subject, what, count, context.Module, context.Callback, TracesCallSites ? _sites.Of(subject, what) : null);
        _next = (_next + 1) % Capacity;
    }

    /// <summary>The last events of an object, oldest first.</summary>
    public IReadOnlyList<string> Of(object subject)
    {
        LocateLast();
        var events = new List<string>();
        for (int back = 1; _entries is { } entries && back <= Capacity && events.Count < Shown; back++)
        {
            ref Entry entry = ref entries[(_next - back + Capacity) % Capacity];
            if (ReferenceEquals(entry.Subject, subject))
                events.Add(entry.ToString());
        }

        events.Reverse();
        return events;
    }

    /// <summary>The event that shows a mistake is mostly the last one: where it comes from shall be known.</summary>
    private void LocateLast()
    {
        if (_entries is not { } entries)
            return;
        ref Entry last = ref entries[(_next - 1 + Capacity) % Capacity];
        last = last with { Site = _sites.LookAgain(last.Site) };
    }

    private readonly record struct Entry(object Subject, string What, int Count, object? Module, DriverCallback Callback, object? Site)
    {
        public override string ToString()
        {
            string where = Callback == DriverCallback.None ? "" : $" in {Callback.ToString().ToLowerInvariant()}{(Module is null ? "" : $" of {Module}")}";
            return string.Create(CultureInfo.InvariantCulture, $"{What}{where}, count {Count}{(Site is null ? "" : $" ({Site})")}");
        }
    }
}
