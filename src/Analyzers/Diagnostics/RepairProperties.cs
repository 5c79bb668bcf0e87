namespace MmapAnalyzers.Diagnostics;

/// <summary>Keys of the diagnostic properties with which a rule tells its code fix what to write.</summary>
internal static class RepairProperties
{
    /// <summary>Statements to insert, one a line.</summary>
    public const string Insert = nameof(Insert);

    /// <summary>A call, as one statement, that does what <see cref="Insert"/> does and what else belongs to it.</summary>
    public const string InsertCall = nameof(InsertCall);

    /// <summary>How the value that means success is written. Present when the exit may also fail, so that the repair must test first.</summary>
    public const string SuccessValue = nameof(SuccessValue);

    /// <summary>A test, to be made before the insertion, that the value is not null. Absent when the path has made it.</summary>
    public const string NotNullTest = nameof(NotNullTest);

    /// <summary>A name for a local that holds the value, where the repair needs one.</summary>
    public const string LocalName = nameof(LocalName);

    /// <summary>The name of the empty slot to fill.</summary>
    public const string Slot = nameof(Slot);

    /// <summary>The name of the parameter of the function to write.</summary>
    public const string ParameterName = nameof(ParameterName);

    /// <summary>The type of the parameter of the function to write.</summary>
    public const string ParameterType = nameof(ParameterType);

    /// <summary>The name of the resource that the finding is about.</summary>
    public const string Resource = nameof(Resource);

    /// <summary>Where in the file the path leaves the function that loses a unit.</summary>
    public const string ExitAt = nameof(ExitAt);

    /// <summary>
    /// Where in the file the paths leave the function that lose a unit, if others leave it with somebody: then it cannot be given back on all of them.
    /// </summary>
    public const string LosingExits = nameof(LosingExits);

    /// <summary>Where in the file the unit was taken, or where the call stands that did not take it.</summary>
    public const string TakenAt = nameof(TakenAt);

    /// <summary>Where in the file the unit was given back before.</summary>
    public const string ReleasedAt = nameof(ReleasedAt);
}
