using System.Globalization;
using System.Text;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Kernel;

/// <summary>The texts about processes under <c>/proc</c>, made up whenever they are read: <c>maps</c>, by number or of the reader <c>self</c>.</summary>
internal sealed class ProcessTexts(LinuxKernel kernel)
{
    private const string Root = "/proc/";
    private const string Maps = "/maps";

    /// <summary>The methods of the file that a path leads to; null when it leads to no text, or to no process.</summary>
    public FileOperations? Find(string path)
    {
        if (!path.StartsWith(Root, StringComparison.Ordinal) || !path.EndsWith(Maps, StringComparison.Ordinal))
            return null;
        int length = path.Length - Root.Length - Maps.Length;
        return length > 0 && FindProcess(path.AsSpan(Root.Length, length)) is { } process
            ? new FileOperations { Read = (_, file, buffer, count) => Read(process, file, buffer, count) }
            : null;
    }

    private Process? FindProcess(ReadOnlySpan<char> name)
    {
        if (name is "self")
            return kernel.Running;
        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            ? kernel.Processes.FirstOrDefault(process => process.Pid == pid)
            : null;
    }

    private int Read(Process process, OpenFile file, UserAddress buffer, int count)
    {
        byte[] text = Encoding.ASCII.GetBytes(process.IsAlive ? process.Maps : "");
        if (file.Position >= text.Length)
            return 0;
        ReadOnlySpan<byte> piece = text.AsSpan((int)file.Position);
        piece = piece[..Math.Min(piece.Length, count)];
        kernel.CopyToUser(buffer, piece);
        file.Position += piece.Length;
        return piece.Length;
    }
}
