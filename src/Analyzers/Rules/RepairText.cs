using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Callbacks;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>Writes the statements that take or give back what is missing, in terms that the function can use.</summary>
internal static class RepairText
{
    /// <summary>Stands for the value in a repair that is written before the value has a name.</summary>
    public const string ValuePlaceholder = "$value$";

    /// <summary>Statements that count the units, one per unit, or <see langword="null"/> if the function has no way to say it.</summary>
    /// <param name="units">How many to take; negative, how many to give back.</param>
    /// <param name="model">A function that counts the same key, whose manner is followed.</param>
    public static string? Count(CountKey key, int units, IMethodSymbol scope, FunctionResult model, ProtocolBinder protocols)
    {
        var statement = key.IsCounter
            ? CountPlainly(key.Target, units > 0, scope, model)
            : CountByProtocol(key, units > 0 ? EffectKind.Acquire : EffectKind.Release, scope, protocols);
        return statement is null ? null : string.Join("\n", Enumerable.Repeat(statement, Math.Abs(units)));
    }

    /// <summary>A statement that counts a value which is written as <see cref="ValuePlaceholder"/>.</summary>
    public static string? CountValue(string resource, EffectKind kind, ITypeSymbol valueType, IMethodSymbol scope, ProtocolBinder protocols) =>
        CountWith(resource, kind, ValuePlaceholder, valueType, scope, protocols);

    /// <summary>A call of a function that does the counting, with the parameters of the calling function by their types.</summary>
    public static string? Call(BoundFunction callee, IMethodSymbol scope)
    {
        var function = callee.Function;
        if (function.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction) || !Balance.ShareThis(function, scope))
        {
            return null;
        }

        var arguments = function.Parameters
            .Select(parameter => scope.Parameters.Where(own => SymbolEqualityComparer.Default.Equals(own.Type, parameter.Type)).ToArray())
            .Select(candidates => candidates.Length == 1 ? candidates[0].Name : null)
            .ToArray();
        return arguments.Contains(null) ? null : $"{function.Name}({string.Join(", ", arguments)});";
    }

    /// <summary>How the one value of a type that means success is written, such as <c>Errno.None</c>; <see langword="null"/> if several do.</summary>
    public static string? SuccessValue(ITypeSymbol type, Outcome success) => type switch
    {
        _ when success is Outcome.NonZero or Outcome.NonNull => null,
        { TypeKind: TypeKind.Enum } => type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && Convert.ToInt64(field.ConstantValue, System.Globalization.CultureInfo.InvariantCulture) == 0) is { } zero
            ? $"{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}.{zero.Name}"
            : "default",
        { SpecialType: SpecialType.System_Boolean } => success == Outcome.False ? "false" : "true",
        { IsValueType: true, SpecialType: not SpecialType.None } => "0",
        _ => "null",
    };

    /// <summary>The test that a value, written as <see cref="ValuePlaceholder"/>, is not null.</summary>
    public static string NotNull(ITypeSymbol type, ProtocolBinder protocols)
    {
        if (type.IsReferenceType)
        {
            return $"{ValuePlaceholder} is not null";
        }

        return type.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => !property.IsStatic && property.Type.SpecialType == SpecialType.System_Boolean && protocols.Get(property).IsNullValue) is { } isNull
            ? $"!{ValuePlaceholder}.{isNull.Name}"
            : $"{ValuePlaceholder} != default";
    }

    private static string? CountPlainly(Term target, bool takes, IMethodSymbol scope, FunctionResult model)
    {
        if (TermText.Of(target, scope) is not { } place)
        {
            return null;
        }

        var isAtomic = model.Returns.SelectMany(exit => exit.Final.Trail.Steps()).Any(step => step.Key is { IsCounter: true } key && SymbolEqualityComparer.Default.Equals(key.Target.Symbol, target.Symbol) && step.Site is InvocationExpressionSyntax);
        return isAtomic
            ? $"System.Threading.Interlocked.{(takes ? "Increment" : "Decrement")}(ref {place});"
            : $"{place}{(takes ? "++" : "--")};";
    }

    private static string? CountByProtocol(CountKey key, EffectKind kind, IMethodSymbol scope, ProtocolBinder protocols) =>
        TermText.Of(key.Target, scope) is { } target && TermText.TypeOf(key.Target, scope) is { } type
            ? CountWith(key.Resource, kind, target, type, scope, protocols)
            : null;

    private static string? CountWith(string resource, EffectKind kind, string target, ITypeSymbol targetType, IMethodSymbol scope, ProtocolBinder protocols)
    {
        foreach (var method in protocols.ProtocolMethods)
        {
            var effect = protocols.Get(method).Effects.FirstOrDefault(effect => effect.Kind == kind && effect.Resource == resource && effect.When == Outcome.Always);
            switch (effect?.Target)
            {
                case EffectTarget.Receiver when method.Parameters.IsEmpty && IsA(targetType, method.ContainingType):
                    return $"{TermText.Join(target, method.Name)}();";
                case EffectTarget.Argument when method.Parameters.Length == 1 && IsA(targetType, method.Parameters[0].Type) && target.Length > 0:
                    if (method.IsStatic)
                    {
                        return $"{method.ContainingType.Name}.{method.Name}({target});";
                    }

                    if (ReceiverInScope(method.ContainingType, scope) is { } receiver)
                    {
                        return $"{TermText.Join(receiver, method.Name)}({target});";
                    }

                    break;
            }
        }

        return null;
    }

    /// <summary>An expression of the type that the function can name: itself, a parameter, or a member of the running object.</summary>
    private static string? ReceiverInScope(INamedTypeSymbol type, IMethodSymbol scope)
    {
        if (IsA(scope.ContainingType, type))
        {
            return string.Empty;
        }

        if (scope.Parameters.FirstOrDefault(parameter => IsA(parameter.Type, type)) is { } parameter)
        {
            return parameter.Name;
        }

        for (var current = scope.ContainingType; current is not null; current = current.BaseType)
        {
            var member = current.GetMembers().FirstOrDefault(member =>
                (member.DeclaredAccessibility != Accessibility.Private || SymbolEqualityComparer.Default.Equals(current, scope.ContainingType))
                && (member.IsStatic || !scope.IsStatic)
                && ((member is IPropertySymbol { Parameters.IsEmpty: true, GetMethod: not null } property && IsA(property.Type, type))
                    || (member is IFieldSymbol { IsImplicitlyDeclared: false } field && IsA(field.Type, type))));
            if (member is not null)
            {
                return member.Name;
            }
        }

        return null;
    }

    private static bool IsA(ITypeSymbol type, ITypeSymbol wanted)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, wanted.OriginalDefinition))
            {
                return true;
            }
        }

        return wanted.TypeKind == TypeKind.Interface && type.AllInterfaces.Contains(wanted, SymbolEqualityComparer.Default);
    }
}
