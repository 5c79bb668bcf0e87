using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Finds the code of drivers and programs that called into the runtime.</summary>
/// <remarks>
/// A look at the stack takes longer than most of what is journalled, so it is not taken for every event. Until somebody enters or leaves the kernel the code
/// outside stands still, and one look does for all events of a kind. A kind that goes on and on is looked at now and then: in between, its events have its
/// origin for their place.
/// </remarks>
internal sealed class CallSites(CallContext context, KernelLock kernelLock)
{
    /// <summary>How many calls are looked at for each kind of event before it counts as frequent.</summary>
    public const int AlwaysFor = 1000;

    /// <summary>Of how many calls one is looked at afterwards.</summary>
    public const int Interval = 16;

    private static readonly Assembly Runtime = typeof(CallSites).Assembly;

    private readonly Dictionary<(Type Subject, string What, object? Module, DriverCallback Callback), EventOrigin> _origins = [];
    private readonly Dictionary<(MethodBase Method, int Offset), string> _descriptions = [];

    /// <summary>Where an event that happens right now comes from.</summary>
    /// <param name="subject">What it happens to.</param>
    /// <param name="what">Its verb.</param>
    /// <returns>The innermost method outside of the runtime in words, with file and line where they are known; the <see cref="EventOrigin"/> of its kind when
    /// nobody looked; null when there is nothing but the runtime.</returns>
    public object? Of(object subject, string what)
    {
        EventOrigin origin = CollectionsMarshal.GetValueRefOrAddDefault(_origins, (subject.GetType(), what, context.Module, context.Callback), out _)
            ??= new EventOrigin();
        if (!origin.IsAt(kernelLock.Crossings))
            origin.MoveTo(kernelLock.Crossings, IsDue(origin) ? Look() : origin);
        return origin.Current;
    }

    /// <summary>Looks after all, if the code that the last event came from still stands there.</summary>
    /// <param name="site">What <see cref="Of"/> said about the last event.</param>
    public object? LookAgain(object? site)
    {
        if (site is not EventOrigin origin || !origin.IsAt(kernelLock.Crossings))
            return site;
        origin.Correct(Look());
        return origin.Current;
    }

    private static bool IsDue(EventOrigin origin) => origin.IsUnknown || origin.Calls < AlwaysFor || origin.Calls % Interval == 0;

    private static bool IsOutside(Type type) => type.Assembly != Runtime && type.Assembly != typeof(object).Assembly;

    private static string Describe(StackFrame frame, Type type, MethodBase method) => frame.GetFileName() is { } file
        ? $"{type.Name}.{method.Name} {Path.GetFileName(file)}:{frame.GetFileLineNumber()}"
        : $"{type.Name}.{method.Name}";

    private string? Look()
    {
        StackFrame[] frames = new StackTrace(fNeedFileInfo: false).GetFrames();
        for (int i = 0; i < frames.Length; i++)
        {
            if (frames[i].GetMethod() is not { DeclaringType: { } type } method || !IsOutside(type))
                continue;
            // Files and lines take longest to find, so they are asked for once for each place.
            ref string? description = ref CollectionsMarshal.GetValueRefOrAddDefault(_descriptions, (method, frames[i].GetILOffset()), out _);
            return description ??= Describe(new StackFrame(i, needFileInfo: true), type, method);
        }

        return null;
    }
}
