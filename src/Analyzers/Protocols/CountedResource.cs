namespace MmapAnalyzers.Protocols;

/// <summary>What is known of a counted resource besides its name.</summary>
/// <param name="Name">The name that effects use: lower case words joined by hyphens.</param>
/// <param name="Noun">What a message calls one unit, with its article: "the rented array".</param>
/// <param name="IsCollected">A unit that is lost costs time only, since the garbage collector takes the object: a loss through an exception that nobody throws on purpose is no finding.</param>
internal sealed record CountedResource(string Name, string Noun, bool IsCollected)
{
    /// <summary>The unit is a value that an acquire hands out, such as an array or a pointer, rather than a count on an object that is there anyway.</summary>
    public bool IsValue { get; init; }

    /// <summary>A unit may be given back by somebody who has not taken it, to let another go on: nothing can be said of a release alone, nor of an acquire alone.</summary>
    public bool IsSignal { get; init; }

    /// <summary>Attributes describe it: what one callback takes another may have to give back, as their roles say.</summary>
    public bool IsOfAttributes { get; init; }

    /// <summary>A resource of which only the name is known.</summary>
    public static CountedResource Named(string name) => new(name, $"the {name.Replace('-', ' ')}", IsCollected: false);
}
