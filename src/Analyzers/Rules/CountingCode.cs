using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>Which code takes, gives back or needs units: what it names is bound, but only where a name says that it is worth it.</summary>
internal sealed class CountingCode(ProtocolBinder protocols, Mentions mentions, Functions functions)
{
    private readonly ConcurrentDictionary<SyntaxTree, ConcurrentDictionary<int, Handling>> _named = new();
    private readonly ConcurrentDictionary<(ISymbol Member, int Depth), Handling> _handed = new();

    [Flags]
    private enum Handling
    {
        None = 0,
        Takes = 1,
        GivesBack = 2,
        Needs = 4,
    }

    /// <summary>Whether something in the span takes, gives back or needs a unit, or calls a member that hands one on.</summary>
    public bool IsIn(SyntaxTree tree, TextSpan span, CancellationToken cancellation) =>
        mentions.In(tree, span, cancellation).Any(token => _named.GetOrAdd(tree, static _ => new()).GetOrAdd(token.SpanStart, _ => HandlingBy(token, Mentions.HelperDepth, cancellation)) != Handling.None);

    /// <summary>Whether the function's source has something that counts.</summary>
    public bool IsIn(IMethodSymbol function, CancellationToken cancellation) =>
        Mentions.SourceOf(function).Any(reference => IsIn(reference.SyntaxTree, reference.Span, cancellation));

    private Handling HandlingBy(SyntaxToken token, int depth, CancellationToken cancellation)
    {
        if (token.Parent is not SimpleNameSyntax name || BoundTo(name, cancellation) is not { } member)
        {
            return Handling.None;
        }

        var described = mentions.IsDescribed(token) ? DescribedHandling(member, ReceiverOf(name, cancellation)) : Handling.None;
        return described == Handling.None && depth > 0 ? HandlingInside(member, depth - 1, cancellation) : described;
    }

    private Handling DescribedHandling(ISymbol member, ITypeSymbol? receiver)
    {
        var handling = Handling.None;
        foreach (var effect in protocols.Get(member, receiver).Effects)
        {
            handling |= effect.Kind switch
            {
                EffectKind.Acquire => Handling.Takes,
                EffectKind.Release => Handling.GivesBack,
                _ => Handling.Needs,
            };
        }

        return handling;
    }

    /// <summary>A member that takes and gives back hands nothing on: only one that does either concerns its callers.</summary>
    private Handling HandlingInside(ISymbol member, int depth, CancellationToken cancellation) => _handed.GetOrAdd((member.OriginalDefinition, depth), _ =>
    {
        var inside = BodiesOf(member).SelectMany(static body => Mentions.SourceOf(body).AsEnumerable())
            .SelectMany(source => mentions.In(source.SyntaxTree, source.Span, cancellation))
            .Aggregate(Handling.None, (sum, token) => sum | HandlingBy(token, depth, cancellation)) & (Handling.Takes | Handling.GivesBack);
        return inside is Handling.Takes or Handling.GivesBack ? inside : Handling.None;
    });

    private IEnumerable<ISymbol> BodiesOf(ISymbol member) => member is IMethodSymbol method ? functions.Targets.Of(method, exact: false) : [member];

    private ISymbol? BoundTo(SimpleNameSyntax name, CancellationToken cancellation)
    {
        SyntaxNode named = name;
        while (named.Parent is MemberAccessExpressionSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax or MemberBindingExpressionSyntax && named.Parent.Span.End == named.Span.End)
        {
            named = named.Parent;
        }

        var used = named.Parent switch
        {
            InvocationExpressionSyntax call when call.Expression == named => call,
            BaseObjectCreationExpressionSyntax creation => creation,
            _ => named,
        };
        var info = functions.Graphs.ModelOf(name.SyntaxTree).GetSymbolInfo(used, cancellation);
        return info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
    }

    private ITypeSymbol? ReceiverOf(SimpleNameSyntax name, CancellationToken cancellation)
    {
        var receiver = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access.Expression,
            MemberBindingExpressionSyntax => name.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
            _ => null,
        };
        return receiver is null ? null : functions.Graphs.ModelOf(name.SyntaxTree).GetTypeInfo(receiver, cancellation).Type;
    }
}
