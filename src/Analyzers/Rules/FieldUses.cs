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
        || Declarations().SelectMany(declaration => _source.MentionsOf(field, declaration)).Any(name => IsHandedOn(name, resource));

    /// <summary>Whether the field's object is made where the field is declared, so that nobody else has it but by this field.</summary>
    public static bool IsMadeHere(IFieldSymbol field, CancellationToken cancellation) =>
        field.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax });

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
            MemberAccessExpressionSyntax => false,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument => !argument.RefKindKeyword.IsKind(Microsoft.CodeAnalysis.CSharp.SyntaxKind.None) || IsHandedOver(call, resource),
            _ => true,
        };
    }

    /// <summary>Whether the call gives units of the resource back, or runs code that may.</summary>
    private bool IsHandedOver(InvocationExpressionSyntax call, string resource) =>
        _source.Has(EffectKind.Release, resource, call)
        || _source.SymbolOf(call) is not IMethodSymbol method
        || method.MethodKind == MethodKind.DelegateInvoke
        || (!ProtocolBinder.IsNative(method) && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, check.Functions.Compilation.Assembly));

    private IEnumerable<SyntaxNode> Declarations() => _source.DeclarationsOf(check.Function.ContainingType);
}
