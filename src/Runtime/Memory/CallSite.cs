using System.Diagnostics;
using System.Reflection;

namespace MmapAnalyzers.Runtime.Memory;

/// <summary>Finds the code of a driver or a test that called into the runtime.</summary>
internal static class CallSite
{
    private static readonly Assembly Runtime = typeof(CallSite).Assembly;

    /// <summary>The innermost method outside of the runtime, with file and line where they are known; null when there is none.</summary>
    public static string? Find()
    {
        foreach (StackFrame frame in new StackTrace(fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType: { } type } method && type.Assembly != Runtime && type.Assembly != typeof(object).Assembly)
                return Describe(frame, type, method);
        }

        return null;
    }

    private static string Describe(StackFrame frame, Type type, MethodBase method) => frame.GetFileName() is { } file
        ? $"{type.Name}.{method.Name} {Path.GetFileName(file)}:{frame.GetFileLineNumber()}"
        : $"{type.Name}.{method.Name}";
}
