namespace Tour.Sources;

/// <summary>Replaces the content of a file in one step, so that at no moment half of it is there.</summary>
internal static class SafeWriter
{
    /// <summary>Writes a new text in the file's own encoding.</summary>
    /// <exception cref="InputException">It cannot be written, or somebody else has changed it since it was read.</exception>
    public static void Replace(SourceFile file, string text)
    {
        var target = new FileInfo(file.Path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.Path;
        var draft = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            RequireUnchanged(file, target);
            File.WriteAllBytes(draft, file.Encode(text));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(draft, File.GetUnixFileMode(target));
            File.Move(draft, target, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file.Name} cannot be written: {exception.Message}");
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Opens the file for writing, so that one that may not be written is left alone although its folder would let us replace it.</summary>
    private static void RequireUnchanged(SourceFile file, string target)
    {
        using var stream = new FileStream(target, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        if (!content.AsSpan().SequenceEqual(file.Content))
            throw new InputException($"{file.Name} has changed in the meantime; nothing was written to it.");
    }
}
