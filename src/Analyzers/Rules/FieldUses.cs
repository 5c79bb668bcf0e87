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

    /// <summary>Whether the field's object is made for the field alone, so that nobody else has it but by this field.</summary>
    public bool IsMadeHere(IFieldSymbol field) => field.Type.IsValueType
        || field.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(check.Cancellation) is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax })
        || AssignedTo(field) is { Length: > 0 } values && values.All(static value => value is BaseObjectCreationExpressionSyntax);

    /// <summary>Whether the field's object is given to code that does more with it than take and give back units of the resource.</summary>
    public bool IsHandedOver(IFieldSymbol field, string resource) =>
        Declarations().SelectMany(declaration => _source.MentionsOf(field, declaration)).Any(name => WholeOf(name).Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression != WholeOf(name),
            AssignmentExpressionSyntax assignment => assignment.Left != WholeOf(name),
            LockStatementSyntax => false,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => !_source.Has(EffectKind.Release, resource, call) && !_source.Has(EffectKind.Acquire, resource, call) && !_source.Has(EffectKind.Use, resource, call),
            _ => true,
        });

    private ExpressionSyntax[] AssignedTo(IFieldSymbol field) =>
    [
        .. Declarations().SelectMany(declaration => _source.MentionsOf(field, declaration)).Select(static name => WholeOf(name).Parent is AssignmentExpressionSyntax assignment && assignment.Left == WholeOf(name) ? assignment.Right : null)
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
