using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Symbols;

namespace MmapAnalyzers.Rules;

/// <summary>Where the source mentions something that a protocol describes, or a member that hands a unit on. Goes by names alone: it only decides where to look.</summary>
internal sealed class Mentions(Compilation compilation, ProtocolBinder protocols)
{
    /// <summary>How many members a unit may pass through between the acquire and the function that has to give it back.</summary>
    public const int HelperDepth = 2;

    private static readonly HashSet<int> Throw = [IdentifierIndex.HashOf("throw")];

    private readonly ConcurrentDictionary<SyntaxTree, int[]> _positions = new();
    private readonly ConcurrentDictionary<SyntaxTree, int[]> _throws = new();
    private readonly Lazy<HashSet<int>> _described = new(() => [.. protocols.Names.Select(IdentifierIndex.HashOf)]);
    private readonly object _collecting = new();
    private HashSet<int>? _all;

    /// <summary>Whether something in the span may take, give back or need a unit.</summary>
    public bool Any(SyntaxTree tree, TextSpan span, CancellationToken cancellation) => AnyWithin(PositionsIn(tree, cancellation), span);

    /// <summary>The names in the span that may be those of something that takes, gives back or needs a unit.</summary>
    public IEnumerable<SyntaxToken> In(SyntaxTree tree, TextSpan span, CancellationToken cancellation)
    {
        var positions = PositionsIn(tree, cancellation);
        for (var index = FirstFrom(positions, span.Start); index < positions.Length && positions[index] < span.End; index++)
        {
            var token = tree.GetRoot(cancellation).FindToken(positions[index]);
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.Span.Contains(positions[index]))
            {
                yield return token;
            }
        }
    }

    /// <summary>Whether a protocol describes something of that name.</summary>
    public bool IsDescribed(SyntaxToken token) => _described.Value.Contains(IdentifierIndex.HashOf(token.ValueText));

    /// <summary>Whether the function's source has a throw.</summary>
    public bool ThrowIn(IMethodSymbol function) =>
        SourceOf(function).Any(reference => AnyWithin(_throws.GetOrAdd(reference.SyntaxTree, static tree => IdentifierIndex.Of(tree).PositionsOf(Throw)), reference.Span));

    /// <summary>Where the member is declared with its body.</summary>
    public static ImmutableArray<SyntaxReference> SourceOf(ISymbol member) => ((member as IMethodSymbol)?.PartialImplementationPart ?? member).DeclaringSyntaxReferences;

    private int[] PositionsIn(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!_positions.TryGetValue(tree, out var positions))
        {
            var names = AllNames(cancellation);
            positions = _positions.GetOrAdd(tree, added => IdentifierIndex.Of(added).PositionsOf(names));
        }

        return positions;
    }

    private static bool AnyWithin(int[] positions, TextSpan span) => FirstFrom(positions, span.Start) is var first && first < positions.Length && positions[first] < span.End;

    private static int FirstFrom(int[] positions, int start)
    {
        var first = Array.BinarySearch(positions, start);
        return first < 0 ? ~first : first;
    }

    /// <summary>The described names, and those of members that take without giving back or give back without taking: whoever calls them counts as well.</summary>
    private HashSet<int> AllNames(CancellationToken cancellation)
    {
        lock (_collecting)
        {
            return _all ??= Collect(cancellation);
        }
    }

    private HashSet<int> Collect(CancellationToken cancellation)
    {
        var all = new HashSet<int>(_described.Value);
        var acquires = new HashSet<string>(protocols.AcquireNames);
        var releases = new HashSet<string>(protocols.ReleaseNames);
        for (var depth = 0; depth < HelperDepth; depth++)
        {
            var carriers = CarriersOf(acquires, releases, cancellation).ToArray();
            acquires = [.. carriers.Where(carrier => carrier.Acquires).Select(carrier => carrier.Name)];
            releases = [.. carriers.Where(carrier => !carrier.Acquires).Select(carrier => carrier.Name)];
            all.UnionWith(carriers.Select(carrier => IdentifierIndex.HashOf(carrier.Name)));
        }

        return all;
    }

    private IEnumerable<(string Name, bool Acquires)> CarriersOf(HashSet<string> acquires, HashSet<string> releases, CancellationToken cancellation)
    {
        var hashes = new HashSet<int>(acquires.Concat(releases).Select(IdentifierIndex.HashOf));
        foreach (var tree in compilation.SyntaxTrees)
        {
            var positions = IdentifierIndex.Of(tree).PositionsOf(hashes);
            if (positions.Length == 0)
            {
                continue;
            }

            var root = tree.GetRoot(cancellation);
            foreach (var member in positions.Select(position => root.FindToken(position)).Where(token => IsCalled(token)).GroupBy(token => MemberAround(token)))
            {
                var names = member.Select(token => token.ValueText).ToArray();
                var (takes, gives) = (names.Any(acquires.Contains), names.Any(releases.Contains));
                if (member.Key is { } name && takes != gives)
                {
                    yield return (name, takes);
                }
            }
        }
    }

    private static bool IsCalled(SyntaxToken token) => token.Parent is SimpleNameSyntax name
        && name.AncestorsAndSelf().TakeWhile(static node => node is ExpressionSyntax or TypeSyntax).Any(static node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);

    private static string? MemberAround(SyntaxToken token) => token.Parent?.Ancestors().Select(static node => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        _ => null,
    }).FirstOrDefault(static name => name is not null);
}
