using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>What the members of a type do with its fields.</summary>
internal sealed class FieldUses(FunctionCheck check)
{
    private readonly TypeSource _source = new(check);

    /// <summary>Whether some member of the type gives back a unit of the resource.</summary>
    public bool AnyReleaseOf(string resource) => Declarations().Any(declaration => _source.CallsWith(EffectKind.Release, resource, declaration).Any());

    /// <summary>Whether what the field holds may be given back: it is, or it is handed to code that might. Only the type itself sees a private field.</summary>
    public bool MayGiveBack(ISymbol field, string resource) =>
        field.DeclaredAccessibility != Accessibility.Private
        || field.IsStatic
        || DeclarationsOf(field).SelectMany(declaration => _source.MentionsOf(field, declaration)).Any(name => IsHandedOn(name, resource));

    /// <summary>Whether the field's object is made for the field alone, so that nobody else has it but by this field.</summary>
    public bool IsMadeHere(IFieldSymbol field) => field.Type.IsValueType || CreationOf(field) is not null;

    /// <summary>How the field's object is made, if it is made for the field alone.</summary>
    public BaseObjectCreationExpressionSyntax? CreationOf(IFieldSymbol field) =>
        ValuesOf(field).ToArray() is { Length: > 0 } values && values.All(static value => value is BaseObjectCreationExpressionSyntax) ? (BaseObjectCreationExpressionSyntax)values[0] : null;

    /// <summary>Whether the field's object is given to code that does more with it than take and give back units of the resource.</summary>
    public bool IsHandedOver(IFieldSymbol field, string resource) =>
        DeclarationsOf(field).SelectMany(declaration => _source.MentionsOf(field, declaration)).Any(name => WholeOf(name).Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression != WholeOf(name),
            AssignmentExpressionSyntax assignment => assignment.Left != WholeOf(name),
            LockStatementSyntax => false,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => !_source.Has(EffectKind.Release, resource, call) && !_source.Has(EffectKind.Acquire, resource, call) && !_source.Has(EffectKind.Use, resource, call),
            _ => true,
        });

    /// <summary>What the field is set to, where it is declared and elsewhere.</summary>
    private IEnumerable<ExpressionSyntax> ValuesOf(IFieldSymbol field) =>
    [
        .. field.DeclaringSyntaxReferences.Select(reference => (reference.GetSyntax(check.Cancellation) as VariableDeclaratorSyntax)?.Initializer?.Value).OfType<ExpressionSyntax>(),
        .. DeclarationsOf(field).SelectMany(declaration => _source.MentionsOf(field, declaration)).Select(static name => WholeOf(name).Parent is AssignmentExpressionSyntax assignment && assignment.Left == WholeOf(name) ? assignment.Right : null)
            .OfType<ExpressionSyntax>(),
    ];

    /// <summary>The name with the object that it is read from, if that is the running object.</summary>
    private static ExpressionSyntax WholeOf(IdentifierNameSyntax name) => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;

    /// <summary>Whether the type cleans up after objects that nobody disposes of.</summary>
    public bool HasFinalizer => check.Function.ContainingType.GetMembers().OfType<IMethodSymbol>().Any(method => method.MethodKind == MethodKind.Destructor);

    private bool IsHandedOn(IdentifierNameSyntax name, string resource)
    {
        ExpressionSyntax value = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member ? member : name;
        while (value.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax || (value.Parent is PostfixUnaryExpressionSyntax suppressed && suppressed.OperatorToken.ValueText == "!"))
        {
            value = (ExpressionSyntax)value.Parent;
        }

        return value.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left != value,
            ElementAccessExpressionSyntax element => element.Expression != value,
            BinaryExpressionSyntax or IsPatternExpressionSyntax or PrefixUnaryExpressionSyntax => false,
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } => IsHandedOver(call, resource),
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax call } access when access.Expression == value => IsHandedOver(call, resource),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax local } => _source.DeclaredBy(local) is not ILocalSymbol copy || MentionsIn(local).Any(mention => Same(copy, mention) && IsHandedOn(mention, resource)),
            MemberAccessExpressionSyntax => false,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument => IsTakenOut(argument, call, resource) || IsHandedOver(call, resource),
            _ => true,
        };
    }

    /// <summary>Whether a call that writes to the field may hand on what the field has held: an exchange returns it.</summary>
    private bool IsTakenOut(ArgumentSyntax argument, InvocationExpressionSyntax call, string resource) => !argument.RefKindKeyword.IsKind(Microsoft.CodeAnalysis.CSharp.SyntaxKind.None)
        && !_source.Has(EffectKind.Acquire, resource, call)
        && (call.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax local } || _source.DeclaredBy(local) is not ILocalSymbol copy
            || MentionsIn(local).Any(mention => Same(copy, mention) && IsHandedOn(mention, resource)));

    private static IEnumerable<IdentifierNameSyntax> MentionsIn(VariableDeclaratorSyntax local) =>
        local.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == local.Identifier.ValueText);

    private bool Same(ILocalSymbol local, IdentifierNameSyntax mention) => SymbolEqualityComparer.Default.Equals(_source.SymbolOf(mention), local);

    /// <summary>Whether the call gives units of the resource back for good, or runs code that may.</summary>
    private bool IsHandedOver(InvocationExpressionSyntax call, string resource) =>
        (_source.Has(EffectKind.Release, resource, call) && !_source.Has(EffectKind.Acquire, resource, call))
        || _source.SymbolOf(call) is not IMethodSymbol method
        || method.MethodKind == MethodKind.DelegateInvoke
        || (!ProtocolBinder.IsNative(method) && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, check.Functions.Compilation.Assembly));

    /// <summary>All that sees a private member: its type, and the types inside of it.</summary>
    private IEnumerable<SyntaxNode> DeclarationsOf(ISymbol member) => _source.DeclarationsOf(member.ContainingType);

    private IEnumerable<SyntaxNode> Declarations() => _source.DeclarationsOf(check.Function.ContainingType);
}
