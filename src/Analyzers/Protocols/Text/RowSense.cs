namespace MmapAnalyzers.Protocols.Text;

/// <summary>What the words of a row cannot mean together, whatever the subject turns out to be.</summary>
internal static class RowSense
{
    public static void Check(ProtocolRow row)
    {
        var target = row.Target.Name;
        if (row.Subject.Library is not null)
        {
            CheckImport(row);
        }

        if (row.IsSure && row.When is null)
        {
            throw new MalformedLineException(row.Subject.Source, "'surely' says that the outcome is the only one: 'when' is missing");
        }

        if (target.Text == RowTarget.Value && row.Subject.Kind is not ('P' or 'F'))
        {
            throw new MalformedLineException(target, "only properties and fields are assigned a value");
        }

        if (row.Subject.Kind == 'F' && target.Text is not (null or RowTarget.Value))
        {
            throw new MalformedLineException(target, "of a field only the assigned value counts: the target is 'value'");
        }

        if (row.Subject.IsConstructor && target.Text == RowTarget.This)
        {
            throw new MalformedLineException(target, "a constructor is called on no object; what it makes is 'return'");
        }

        if (row.Verb == RowVerb.Alias && (target.Text is RowTarget.Return or RowTarget.Value || row.Target.Element is not null))
        {
            throw new MalformedLineException(target, "an alias denotes 'this' or a parameter");
        }
    }

    private static void CheckImport(ProtocolRow row)
    {
        if (row.Target.Name.Text == RowTarget.This)
        {
            throw new MalformedLineException(row.Target.Name, "a native function is called on no object");
        }

        foreach (var parameter in row.Parameters)
        {
            if (!IsNumbered(parameter.Text))
            {
                throw new MalformedLineException(parameter, "the parameters of an import are p0, p1 and so on");
            }
        }
    }

    private static bool IsNumbered(string parameter) => parameter.Length is 2 or 3 && parameter[0] == 'p' && parameter.Skip(1).All(char.IsDigit);
}
