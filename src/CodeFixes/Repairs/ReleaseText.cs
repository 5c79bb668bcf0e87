using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>Writes the call that gives a unit back.</summary>
internal static class ReleaseText
{
    /// <summary>The statement: as the function writes it elsewhere, or as the protocol of the resource has it.</summary>
    public static string? Of(TakenUnit unit, Finding finding) =>
        unit.Releases.Select(release => release.Statement).FirstOrDefault(statement => statement is not null)?.ToString() ?? ByProtocol(unit, finding);

    /// <summary>The statement as the protocol of the resource has it.</summary>
    public static string? ByProtocol(TakenUnit unit, Finding finding) => Candidates(unit, finding)
        .Select(methods => methods.OfType<IMethodSymbol>().OrderBy(method => method.Name.Length).ThenBy(method => method.Parameters.Length).Select(method => Call(method, unit, finding)).FirstOrDefault(call => call is not null))
        .FirstOrDefault(call => call is not null);

    /// <summary>Where to look for a counterpart: beside the acquire, at the type of what holds the unit, and in the source.</summary>
    private static IEnumerable<IEnumerable<ISymbol>> Candidates(TakenUnit unit, Finding finding)
    {
        yield return unit.Acquire.Method.ContainingType.GetMembers();
        if (finding.Model.LookupSymbols(unit.Statement.SpanStart, name: unit.Holder).OfType<ILocalSymbol>().FirstOrDefault()?.Type is { } type)
        {
            yield return type.GetMembers().Concat(type.AllInterfaces.SelectMany(contract => contract.GetMembers()));
        }

        yield return finding.Protocols.SourceTypes.SelectMany(source => source.GetMembers()).Where(member => member.IsStatic);
    }

    private static string? Call(IMethodSymbol method, TakenUnit unit, Finding finding)
    {
        if (method.MethodKind != MethodKind.Ordinary
            || UnitCall.EffectOf(method, null, EffectKind.Release, unit.Resource, finding.Protocols) is not { } effect
            || UnitCall.EffectOf(method, null, EffectKind.Acquire, unit.Resource, finding.Protocols) is not null
            || Arguments(method, effect, unit, finding) is not { } arguments)
        {
            return null;
        }

        return effect.Target == EffectTarget.Receiver ? $"{unit.Holder}.{method.Name}({arguments});"
            : method.IsStatic ? $"{Qualifier(method, unit, finding)}{method.Name}({arguments});"
            : unit.Acquire.Receiver is { } receiver ? $"{receiver}.{method.Name}({arguments});"
            : null;
    }

    /// <summary>The arguments up to the first that need not be given.</summary>
    private static string? Arguments(IMethodSymbol method, Effect effect, TakenUnit unit, Finding finding)
    {
        var arguments = method.Parameters.TakeWhile(parameter => !parameter.IsOptional).Select(parameter =>
            effect.Target == EffectTarget.Argument && parameter.Ordinal == effect.Ordinal ? unit.Holder
            : parameter.Ordinal == effect.PairedOrdinal ? PairedArgument(unit, finding)
            : null).ToArray();
        return arguments.Contains(null) ? null : string.Join(", ", arguments);
    }

    /// <summary>The argument that has to be the same at the release, if it still has the same value there.</summary>
    public static string? PairedArgument(TakenUnit unit, Finding finding) =>
        unit.Acquire.Effect.PairedOrdinal is { } ordinal && unit.Acquire.Argument(ordinal, finding) is { } argument && IsFixed(argument, unit, finding) ? argument.ToString() : null;

    private static bool IsFixed(ExpressionSyntax expression, TakenUnit unit, Finding finding) =>
        finding.Model.GetConstantValue(expression, finding.Cancellation).HasValue
        || (expression is CastExpressionSyntax cast && IsFixed(cast.Expression, unit, finding))
        || finding.Model.GetSymbolInfo(expression, finding.Cancellation).Symbol switch
        {
            IFieldSymbol field => field.IsReadOnly,
            ILocalSymbol or IParameterSymbol { RefKind: RefKind.None } => expression is IdentifierNameSyntax name && !IsWrittenAfter(name.Identifier.ValueText, unit),
            _ => false,
        };

    private static bool IsWrittenAfter(string name, TakenUnit unit) => unit.Function.DescendantNodes().Where(node => node.SpanStart > unit.Statement.Span.End).Any(node => node switch
    {
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } => left.Identifier.ValueText == name,
        PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax operand } => operand.Identifier.ValueText == name,
        PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax operand } => operand.Identifier.ValueText == name,
        ArgumentSyntax { RefKindKeyword.RawKind: not 0, Expression: IdentifierNameSyntax passed } => passed.Identifier.ValueText == name,
        _ => false,
    });

    private static string Qualifier(IMethodSymbol method, TakenUnit unit, Finding finding) =>
        finding.Model.LookupSymbols(unit.Statement.SpanStart, name: method.Name).Contains(method, SymbolEqualityComparer.Default)
            ? string.Empty
            : method.ContainingType.ToMinimalDisplayString(finding.Model, unit.Statement.SpanStart) + ".";
}
