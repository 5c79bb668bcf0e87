using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Tests.Faults;

/// <summary>A usage, and where it takes and gives back units, as the protocols of what it calls say.</summary>
internal sealed class BoundUsage
{
    private readonly ProtocolBinder _protocols;

    public BoundUsage(Usage usage)
    {
        var tree = usage.Tree;
        var compilation = Compiled.Of([tree]);
        Usage = usage;
        Root = tree.GetCompilationUnitRoot();
        Model = compilation.GetSemanticModel(tree);
        _protocols = ProtocolBinder.Create(compilation);
        Aliases = new Aliases(Model, Root);
        Acquires = [.. Root.DescendantNodes().SelectMany(node => SitesOf(node, EffectKind.Acquire)).Where(site => !EndsWithAnother(site))];
        var resources = Acquires.Select(site => site.Resource).ToHashSet();
        Releases =
        [
            .. Root.DescendantNodes()
                .Select(node => SitesOf(node, EffectKind.Release).Concat(EndsOf(node)).OrderByDescending(site => resources.Contains(site.Resource)).FirstOrDefault())
                .OfType<Site>().Where(site => !EndsWithAnother(site)),
        ];
    }

    public Usage Usage { get; }

    public CompilationUnitSyntax Root { get; }

    public SemanticModel Model { get; }

    /// <summary>Which names stand for the same values.</summary>
    public Aliases Aliases { get; }

    public ImmutableArray<Site> Acquires { get; }

    public ImmutableArray<Site> Releases { get; }

    public CountedResource Describe(Site site) => _protocols.Describe(site.Resource);

    public int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>Whether the call is right only while a unit is held.</summary>
    public bool NeedsUnit(InvocationExpressionSyntax call) =>
        Model.GetSymbolInfo(call).Symbol is IMethodSymbol method && _protocols.Get(method).Effects.Any(static effect => effect.Kind == EffectKind.Use);

    /// <summary>Whether the acquire takes the place of what it gives back itself: doing it again does no harm.</summary>
    public bool GivesBackFirst(Site acquire) => _protocols.Get(acquire.Member).Effects.Any(static effect => effect.Kind == EffectKind.Release);

    /// <summary>Whether the node runs code out of sight that is not known to throw nothing.</summary>
    public bool MayThrow(SyntaxNode node) => node is ThrowExpressionSyntax or AwaitExpressionSyntax
        || (node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax && Model.GetSymbolInfo(node).Symbol is var called
            && !(called is IMethodSymbol method && (_protocols.ThrowsNothing(method, _protocols.Get(method)) || OnlyGivesBack(_protocols.Get(method))))
            && !Releases.Any(release => release.Call == node));

    /// <summary>Whether the unit ends with another in the same function, as a lock on memory does that is unmapped: then nothing can be counted of it.</summary>
    private bool EndsWithAnother(Site site) => site.Call is ExpressionSyntax && site.Function.DescendantNodes()
        .SelectMany(node => SitesOf(node, EffectKind.Pin)).Any(pinned => pinned.Resource == site.Resource && pinned.Value is not null && Aliases.AreSame(pinned.Value, site.Value));

    private static bool OnlyGivesBack(MemberProtocol protocol) => !protocol.Effects.IsEmpty && protocol.Effects.All(static effect => effect.Kind is EffectKind.Release or EffectKind.Use or EffectKind.Pin);

    private IEnumerable<Site> SitesOf(SyntaxNode node, EffectKind kind)
    {
        if (node is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax) || Model.GetSymbolInfo(node).Symbol is not IMethodSymbol method)
            yield break;

        var call = (ExpressionSyntax)node;
        var effects = _protocols.Get(method, ReceiverOf(call) is { } receiver ? Model.GetTypeInfo(receiver).Type : null).Effects;
        if (kind == EffectKind.Release && effects.Any(effect => effect.Kind == EffectKind.Acquire))
            yield break;

        foreach (var effect in effects.Where(effect => effect.Kind == kind && effect.Applies(ordinal => ConstantOf(call, method, ordinal))))
            yield return new Site(call, effect, method, ValueOf(call, method, effect));
    }

    /// <summary>A <c>using</c> disposes of its variable.</summary>
    private IEnumerable<Site> EndsOf(SyntaxNode node)
    {
        var variable = node switch
        {
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } local => local.Declaration.Variables[0],
            UsingStatementSyntax { Declaration: { } declaration } => declaration.Variables[0],
            _ => null,
        };
        if (variable is null || Model.GetDeclaredSymbol(variable) is not ILocalSymbol { Type: { } type } symbol)
            return [];

        return new[] { type }.Concat(type.AllInterfaces).SelectMany(static declaring => declaring.GetMembers("Dispose")).OfType<IMethodSymbol>()
            .SelectMany(dispose => _protocols.Get(dispose, type).Effects.Where(static effect => effect.Kind == EffectKind.Release).Select(effect => new Site(node, effect, dispose, symbol)));
    }

    private ISymbol? ValueOf(ExpressionSyntax call, IMethodSymbol method, Effect effect) => effect.Target switch
    {
        EffectTarget.Receiver => ReceiverOf(call) is { } receiver ? Aliases.NamedBy(receiver) : null,
        EffectTarget.Argument => Arguments.Of(call, method, effect.Ordinal) is { } argument ? Aliases.NamedBy(argument) : null,
        _ => Aliases.TakerOf(call),
    };

    private long? ConstantOf(ExpressionSyntax call, IMethodSymbol method, int ordinal) =>
        Arguments.Of(call, method, ordinal) is { } argument && Model.GetConstantValue(argument) is { HasValue: true, Value: IConvertible value and not string and not bool }
            ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    private static ExpressionSyntax? ReceiverOf(ExpressionSyntax call) => call switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax } => call.Ancestors().OfType<ConditionalAccessExpressionSyntax>().First().Expression,
        _ => null,
    };
}
