using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Callbacks;
using MmapAnalyzers.Flow;

namespace MmapAnalyzers.Rules;

/// <summary>The members in which a result that must be checked can turn up: by their own calls, or by calls of members that hand one on.</summary>
internal sealed class MustCheckReach
{
    private const int HelperDepth = 3;

    private readonly HashSet<SyntaxNode> _members;

    private MustCheckReach(HashSet<SyntaxNode> members) => _members = members;

    /// <summary>Goes by names alone: it only decides where to look.</summary>
    public static MustCheckReach Create(Functions functions, CancellationToken cancellation)
    {
        var index = new SourceIndex(functions.Compilation);
        var members = new HashSet<SyntaxNode>();
        var names = functions.Protocols.ProtocolMethods.Where(method => functions.Protocols.Get(method).MustCheck).Select(method => method.Name).Distinct().ToArray();
        for (var depth = 0; depth <= HelperDepth && names.Length > 0; depth++)
        {
            var added = names
                .SelectMany(name => index.CallsOf(name, cancellation).Where(call => call is InvocationExpressionSyntax))
                .SelectMany(MembersAround)
                .Where(members.Add)
                .ToArray();
            names = [.. added.Select(NameOf).OfType<string>().Distinct()];
        }

        return new MustCheckReach(members);
    }

    public bool Reaches(SyntaxNode declaration) => _members.Contains(declaration);

    private static IEnumerable<SyntaxNode> MembersAround(SyntaxNode call) => call.Ancestors().Where(static node => node
        is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax or ArrowExpressionClauseSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);

    private static string? NameOf(SyntaxNode member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        _ => null,
    };
}
