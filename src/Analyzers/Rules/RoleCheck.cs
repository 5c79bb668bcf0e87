using Microsoft.CodeAnalysis;
using MmapAnalyzers.Callbacks;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>One function with its result and the roles that it plays.</summary>
internal sealed class RoleCheck(
    IMethodSymbol function,
    SyntaxNode declaration,
    FunctionResult result,
    ImmutableArray<RoleBinding> roles,
    Functions functions,
    CallbackIndex callbacks,
    Action<Diagnostic> report,
    CancellationToken cancellation) : FunctionCheck(function, declaration, result, functions, report, cancellation)
{
    public ImmutableArray<RoleBinding> Roles { get; } = roles;

    public CallbackIndex Callbacks { get; } = callbacks;
}
