using Microsoft.CodeAnalysis;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Protocols.Text;
using MmapAnalyzers.Symbols;

namespace MmapAnalyzers.Rules;

/// <summary>What makes no sense about a protocol attribute.</summary>
internal static class AttributeComplaints
{
    /// <summary>What is wrong, and with which argument; the positional one has no name.</summary>
    public static (string? Argument, string Complaint)? About(string name, AttributeData attribute, ISymbol owner, ITypeSymbol? result, bool isOnMember) => name switch
    {
        MetadataNames.Role => AboutRole(attribute, owner, result),
        MetadataNames.AliasOf => AboutAlias(attribute, owner),
        MetadataNames.MustCheck => result?.SpecialType == SpecialType.System_Void ? (null, "a method that returns nothing has no result to look at") : null,
        MetadataNames.NullValue => AboutNullValue(owner, result),
        MetadataNames.Acquires or MetadataNames.Releases or MetadataNames.Pins or MetadataNames.Uses when isOnMember && owner is IMethodSymbol { IsStatic: true } =>
            (null, "a static method is called on no object; mark the parameter or the return value that is counted"),
        _ => AboutResource(AttributeArguments.Text(attribute), null) ?? AboutParameters(attribute, owner) ?? AboutNumber(attribute) ?? AboutOutcome(attribute, "When", TellerOf(attribute, owner, result)),
    };

    private static (string?, string)? AboutRole(AttributeData attribute, ISymbol owner, ITypeSymbol? result)
    {
        if (AttributeArguments.Text(attribute) is not { } role || RoleContract.Find(role) is not { } contract)
        {
            return (null, $"there is no role '{AttributeArguments.Text(attribute)}'; the roles are {string.Join(", ", RoleContract.KnownRoles)}");
        }

        if (!CanBePlayed(owner))
        {
            return (null, "nothing can play the role: that takes a delegate type, a member of one, or a method that can be overridden");
        }

        if (contract.Duties.HasFlag(RoleDuties.ReturnsCountedValue) && AttributeArguments.NamedText(attribute, "Resource") is null)
        {
            return (null, $"the role '{role}' hands out a counted value, so Resource must name what is counted");
        }

        var returned = owner switch
        {
            IPropertySymbol { Type: INamedTypeSymbol { DelegateInvokeMethod: { } invoke } } => invoke.ReturnType,
            IFieldSymbol { Type: INamedTypeSymbol { DelegateInvokeMethod: { } invoke } } => invoke.ReturnType,
            _ => result,
        };
        return (AttributeArguments.NamedText(attribute, "Resource") is { } resource ? AboutResource(resource, "Resource") : null)
            ?? AboutOutcome(attribute, "Success", returned);
    }

    private static bool CanBePlayed(ISymbol owner) => owner switch
    {
        IMethodSymbol method => method.IsVirtual || method.IsAbstract || method.IsOverride || method.Parameters.Any(static parameter => parameter.Type.TypeKind == TypeKind.Delegate),
        IPropertySymbol property => property.Type.TypeKind is TypeKind.Delegate or TypeKind.Error,
        IFieldSymbol field => field.Type.TypeKind is TypeKind.Delegate or TypeKind.Error,
        _ => true,
    };

    private static (string?, string)? AboutNullValue(ISymbol owner, ITypeSymbol? result) =>
        (owner.IsStatic ? SymbolEqualityComparer.Default.Equals(result, owner.ContainingType) : owner is IPropertySymbol && result?.SpecialType == SpecialType.System_Boolean)
            ? null
            : (null, "the null value is a static member of its own type, or a Boolean property that tells it");

    private static (string?, string)? AboutAlias(AttributeData attribute, ISymbol owner)
    {
        var name = AttributeArguments.Text(attribute);
        var parameters = AttributeArguments.Parameters(owner);
        return name == "this" || parameters.Any(parameter => parameter.Name == name)
            ? null
            : (null, parameters.IsEmpty ? "there is no parameter to denote; 'this' denotes the object the member is called on" : $"there is no parameter '{name}'");
    }

    private static (string?, string)? AboutParameters(AttributeData attribute, ISymbol owner)
    {
        foreach (var argument in new[] { "WhenParameter", "Paired" })
        {
            if (AttributeArguments.NamedText(attribute, argument) is { } name && AttributeArguments.OrdinalOf(name, owner) is null)
            {
                return (argument, $"there is no parameter '{name}'");
            }
        }

        return AttributeArguments.IsGiven(attribute, "WhenParameter") && !AttributeArguments.IsGiven(attribute, "When")
            ? ("WhenParameter", "it tells an outcome, but When names none")
            : null;
    }

    private static (string?, string)? AboutNumber(AttributeData attribute)
    {
        var takesNumber = AttributeArguments.OutcomeName(attribute, "When") is nameof(Outcome.Is) or nameof(Outcome.IsNot);
        return takesNumber == AttributeArguments.IsGiven(attribute, "WhenValue") ? null
            : takesNumber ? ("When", "the outcome compares with a number, which WhenValue has to give")
            : ("WhenValue", "only Is and IsNot compare with a number");
    }

    /// <summary>The type of what tells the outcome: of a parameter, of the result, or of what awaiting it gives.</summary>
    private static ITypeSymbol? TellerOf(AttributeData attribute, ISymbol owner, ITypeSymbol? result) =>
        AttributeArguments.OrdinalOf(AttributeArguments.NamedText(attribute, "WhenParameter"), owner) is { } ordinal ? AttributeArguments.Parameters(owner)[ordinal].Type
        : AttributeArguments.IsTrue(attribute, "Awaited") ? (result as INamedTypeSymbol)?.TypeArguments.FirstOrDefault()
        : result;

    private static (string?, string)? AboutResource(string? resource, string? argument) =>
        resource is not null && ResourceName.IsName(resource)
            ? null
            : (argument, $"'{resource}' does not name a resource; a name is lower case words joined by hyphens");

    private static (string?, string)? AboutOutcome(AttributeData attribute, string argument, ITypeSymbol? result)
    {
        if (!AttributeArguments.IsGiven(attribute, argument))
        {
            return null;
        }

        if (AttributeArguments.OutcomeName(attribute, argument) is not { } name || !Enum.TryParse<Outcome>(name, out var outcome))
        {
            return (argument, "there is no such outcome");
        }

        return result is null || result.TypeKind == TypeKind.Error || OutcomeSense.CanBe(outcome, result)
            ? null
            : (argument, $"a result of type '{result.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' is never {outcome}");
    }
}
