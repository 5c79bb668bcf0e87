using System.Globalization;
using Microsoft.CodeAnalysis;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>Names of things in messages.</summary>
internal static class Wording
{
    public static string Resource(CountKey key) => key.IsCounter ? $"'{key.Target.Symbol?.Name}'" : $"The '{key.Resource}' count";

    public static string Function(IMethodSymbol function) => function.MethodKind == MethodKind.AnonymousFunction ? "the lambda" : function.Name;

    public static string Times(int times) => times == 1 ? "once" : times == 2 ? "twice" : $"{times.ToString(CultureInfo.InvariantCulture)} times";

    public static string Units(int units) => Math.Abs(units) == 1 ? "one" : Math.Abs(units).ToString(CultureInfo.InvariantCulture);
}
