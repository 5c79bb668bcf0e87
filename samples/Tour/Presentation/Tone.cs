namespace Tour.Presentation;

/// <summary>What a piece of text is, for the eye.</summary>
internal enum Tone
{
    Plain,
    Muted,
    Strong,
    Title,
    Warning,
    Wrong,
    Right,
    Added,
    Removed,
    Place,
}
