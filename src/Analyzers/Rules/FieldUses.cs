using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>What the members of a type do with its fields.</summary>
internal sealed class FieldUses(FunctionCheck check)
{
    /// <summary>Whether some member of the type, or of a type around it, gives back a unit of the resource.</summary>
    public bool AnyReleaseOf(string resource) => Bodies().SelectMany(body => body.DescendantNodes().OfType<InvocationExpressionSyntax>()).Any(call => Releases(call, resource));

    /// <summary>Whether what the field holds may be given back: it is, or it is handed to code that might.</summary>
    public bool MayGiveBack(ISymbol field, string resource) =>
        field.DeclaredAccessibility != Accessibility.Private
        || field.IsStatic
        || Bodies().SelectMany(body => body.DescendantNodes().OfType<IdentifierNameSyntax>())
            .Where(name => name.Identifier.ValueText == field.Name && SymbolEqualityComparer.Default.Equals(SymbolOf(name), field))
            .Any(name => IsHandedOn(name, resource));

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
        Releases(call, resource)
        || SymbolOf(call) is not IMethodSymbol method
        || method.Name is "Dispose" or "DisposeAsync" or "Close"
        || (!ProtocolBinder.IsNative(method) && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, check.Functions.Compilation.Assembly));

    private bool Releases(InvocationExpressionSyntax call, string resource) =>
        SymbolOf(call) is IMethodSymbol method && check.Protocols.Get(method).Effects.Any(effect => effect.Kind == EffectKind.Release && effect.Resource == resource);

    private ISymbol? SymbolOf(SyntaxNode node) => check.Functions.Graphs.ModelOf(node.SyntaxTree).GetSymbolInfo(node, check.Cancellation).Symbol;

    private IEnumerable<SyntaxNode> Bodies()
    {
        for (var type = check.Function.ContainingType; type is not null; type = type.ContainingType ?? type.BaseType)
        {
            foreach (var reference in type.DeclaringSyntaxReferences)
            {
                yield return reference.GetSyntax(check.Cancellation);
            }
        }
    }
}
