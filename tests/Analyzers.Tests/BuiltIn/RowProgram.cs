namespace MmapAnalyzers.Tests.BuiltIn;

/// <summary>
/// Small programs around what a row of a built-in text describes. The parts that every case is made of: what is in scope, what takes a unit,
/// and what gives it back. <c>[|…|]</c> in the taking part is what is reported where the unit is lost.
/// </summary>
internal static class RowProgram
{
    /// <summary>One way out does not give back.</summary>
    public static string Lost(string scope, string take, string give) => With(scope,
        $$"""
        {{take.Replace("[|", "{|MMAP4001:").Replace("|]", "|}")}}
        if (early)
            return;
        {{give}}
        """);

    /// <summary>Every way out gives back.</summary>
    public static string Right(string scope, string take, string give) => With(scope,
        $$"""
        {{Unmarked(take)}}
        if (early)
        {
            {{give}}
            return;
        }
        {{give}}
        """);

    /// <summary>One way out ends with what exempts the object from counting.</summary>
    public static string Exempt(string scope, string take, string exempt, string give) => With(scope,
        $$"""
        {{Unmarked(take)}}
        if (early)
        {
            {{exempt}}
            return;
        }
        {{give}}
        """);

    /// <summary>The middle part, which only looks, stands before the way out that does not give back.</summary>
    public static string LostAfter(string scope, string take, string look, string give) => Lost(scope, $"{take}\n{look}", give);

    /// <summary>The middle part stands before the two ways out, which both give back.</summary>
    public static string RightAfter(string scope, string take, string middle, string give) => Right(scope, $"{take}\n{middle}", give);

    /// <summary>The unit is given back in a wrong way, which is marked.</summary>
    public static string Wrong(string scope, string take, string give) => With(scope, $"{Unmarked(take)}\n{give}");

    /// <summary>The middle part comes after the end, and is marked with what is reported for it.</summary>
    public static string Late(string scope, string take, string middle, string give) => With(scope, $"{Unmarked(take)}\n{give}\n{middle}");

    /// <summary>The middle part comes in time, and the unit is given back whatever happens in it.</summary>
    public static string InTime(string scope, string take, string middle, string give) => With(scope,
        $$"""
        {{Unmarked(take)}}
        try
        {
            {{Unmarked(middle)}}
        }
        finally
        {
            {{give}}
        }
        """);

    /// <summary>The program of the statements, and the imports that they call.</summary>
    public static string With(string scope, string statements) =>
        $$"""
        using System.Buffers;
        using System.IO;
        using System.IO.MemoryMappedFiles;
        using System.Runtime.InteropServices;
        using System.Security;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Win32.SafeHandles;

        internal static class Program
        {
            private static {{(statements.Contains("await ") ? "async Task" : "unsafe void")}} Run({{scope}}, bool early)
            {
                {{statements}}
            }
        }
        {{(statements.Contains("Unix.") ? UnixImports.Library : "")}}
        {{(statements.Contains("Shim.") ? UnixImports.Shim : "")}}
        {{(statements.Contains("Mph.") ? MonoImports.Helper : "")}}
        {{(statements.Contains("Syscall.") ? MonoImports.Library : "")}}
        {{(statements.Contains("Windows.") ? WindowsImports.Source : "")}}
        """;

    /// <summary>The part without the marks of what is reported.</summary>
    public static string Unmarked(string part) => System.Text.RegularExpressions.Regex.Replace(part, @"\[\||\{\|MMAP\d+:|\|[\]}]", "");
}
