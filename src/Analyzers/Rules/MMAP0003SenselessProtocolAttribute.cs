using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Symbols;

namespace MmapAnalyzers.Rules;

/// <summary>A protocol attribute whose arguments say nothing: it would be left out of account in silence.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MMAP0003SenselessProtocolAttribute : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.SenselessProtocolAttribute,
        Categories.Protocol,
        RuleLevel.Warning,
        "Give protocol attributes arguments that mean something",
        "This protocol attribute has no effect: {0}",
        "A protocol attribute with an unknown role, an empty resource, a parameter that does not exist or an outcome that the result cannot have is not obeyed.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (AnnotationSymbols.AnyDeclared(start.Compilation))
            {
                start.RegisterSymbolAction(CheckSymbol, SymbolKind.NamedType, SymbolKind.Method, SymbolKind.Property, SymbolKind.Field);
            }
        });
    }

    private static void CheckSymbol(SymbolAnalysisContext context)
    {
        var symbol = context.Symbol;
        CheckAttributes(context, symbol.GetAttributes(), symbol, ResultOf(symbol), isOnMember: true);
        if (symbol is IMethodSymbol method)
        {
            CheckAttributes(context, method.GetReturnTypeAttributes(), method, method.ReturnType, isOnMember: false);
            foreach (var parameter in method.Parameters)
            {
                CheckAttributes(context, parameter.GetAttributes(), method, method.ReturnType, isOnMember: false);
            }
        }
    }

    private static ITypeSymbol? ResultOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.ReturnType,
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => invoke.ReturnType,
        _ => null,
    };

    private static void CheckAttributes(SymbolAnalysisContext context, ImmutableArray<AttributeData> attributes, ISymbol owner, ITypeSymbol? result, bool isOnMember)
    {
        foreach (var attribute in attributes)
        {
            if (AnnotationSymbols.ProtocolAttributeName(attribute) is { } name
                && attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is AttributeSyntax syntax
                && ComplaintAbout(name, attribute, owner, result, isOnMember) is var (argument, complaint))
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, ArgumentOf(syntax, argument).GetLocation(), complaint));
            }
        }
    }

    /// <summary>What is wrong, and with which argument; the positional one has no name.</summary>
    private static (string? Argument, string Complaint)? ComplaintAbout(string name, AttributeData attribute, ISymbol owner, ITypeSymbol? result, bool isOnMember) => name switch
    {
        MetadataNames.Role => ComplaintAboutRole(attribute, owner, result),
        MetadataNames.AliasOf => ComplaintAboutAlias(attribute, owner),
        MetadataNames.MustCheck => result?.SpecialType == SpecialType.System_Void ? (null, "a method that returns nothing has no result to look at") : null,
        MetadataNames.NullValue => ComplaintAboutNullValue(owner, result),
        MetadataNames.Acquires or MetadataNames.Releases or MetadataNames.Pins when isOnMember && owner is IMethodSymbol { IsStatic: true } =>
            (null, "a static method is called on no object; mark the parameter or the return value that is counted"),
        _ => ComplaintAboutResource(AttributeArguments.Text(attribute), null) ?? ComplaintAboutOutcome(attribute, "When", result),
    };

    private static (string?, string)? ComplaintAboutRole(AttributeData attribute, ISymbol owner, ITypeSymbol? result)
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
        return (AttributeArguments.NamedText(attribute, "Resource") is { } resource ? ComplaintAboutResource(resource, "Resource") : null)
            ?? ComplaintAboutOutcome(attribute, "Success", returned);
    }

    private static bool CanBePlayed(ISymbol owner) => owner switch
    {
        IMethodSymbol method => method.IsVirtual || method.IsAbstract || method.IsOverride || method.Parameters.Any(static parameter => parameter.Type.TypeKind == TypeKind.Delegate),
        IPropertySymbol property => property.Type.TypeKind is TypeKind.Delegate or TypeKind.Error,
        IFieldSymbol field => field.Type.TypeKind is TypeKind.Delegate or TypeKind.Error,
        _ => true,
    };

    private static (string?, string)? ComplaintAboutNullValue(ISymbol owner, ITypeSymbol? result) =>
        (owner.IsStatic ? SymbolEqualityComparer.Default.Equals(result, owner.ContainingType) : owner is IPropertySymbol && result?.SpecialType == SpecialType.System_Boolean)
            ? null
            : (null, "the null value is a static member of its own type, or a Boolean property that tells it");

    private static (string?, string)? ComplaintAboutAlias(AttributeData attribute, ISymbol owner)
    {
        var name = AttributeArguments.Text(attribute);
        var parameters = AttributeArguments.Parameters(owner);
        return name == "this" || parameters.Any(parameter => parameter.Name == name)
            ? null
            : (null, parameters.IsEmpty ? "there is no parameter to denote; 'this' denotes the object the member is called on" : $"there is no parameter '{name}'");
    }

    private static (string?, string)? ComplaintAboutResource(string? resource, string? argument) =>
        resource is not null && AttributeArguments.IsResourceName(resource)
            ? null
            : (argument, $"'{resource}' does not name a resource; a name is lower case words joined by hyphens");

    private static (string?, string)? ComplaintAboutOutcome(AttributeData attribute, string argument, ITypeSymbol? result)
    {
        if (!AttributeArguments.IsGiven(attribute, argument))
        {
            return null;
        }

        if (AttributeArguments.OutcomeName(attribute, argument) is not { } name || !Enum.TryParse<Outcome>(name, out var outcome))
        {
            return (argument, "there is no such outcome");
        }

        return result is null || result.TypeKind == TypeKind.Error || CanBe(outcome, result)
            ? null
            : (argument, $"a result of type '{result.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' is never {outcome}");
    }

    private static bool CanBe(Outcome outcome, ITypeSymbol type) => outcome switch
    {
        Outcome.True or Outcome.False => type.SpecialType == SpecialType.System_Boolean,
        Outcome.Zero or Outcome.NonZero => type.TypeKind is TypeKind.Enum or TypeKind.Pointer or TypeKind.TypeParameter || type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr,
        Outcome.NonNull => type.SpecialType is not (SpecialType.System_Void or SpecialType.System_Boolean),
        _ => true,
    };

    private static SyntaxNode ArgumentOf(AttributeSyntax attribute, string? name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.Expression ?? (SyntaxNode)attribute;
}
