using Microsoft.CodeAnalysis;
using MmapAnalyzers.Flow;
using MmapAnalyzers.Protocols;

namespace MmapAnalyzers.Rules;

/// <summary>One function with its result, as every check sees it.</summary>
internal class FunctionCheck(
    IMethodSymbol function,
    SyntaxNode declaration,
    FunctionResult result,
    Functions functions,
    Action<Diagnostic> report,
    CancellationToken cancellation)
{
    private readonly HashSet<(string Id, Location Location)> _reported = [];

    public IMethodSymbol Function { get; } = function;

    public SyntaxNode Declaration { get; } = declaration;

    public FunctionResult Result { get; } = result;

    public Functions Functions { get; } = functions;

    public CancellationToken Cancellation { get; } = cancellation;

    public ProtocolBinder Protocols => Functions.Protocols;

    public SemanticModel SemanticModel => Functions.Graphs.ModelOf(Declaration.SyntaxTree);

    /// <summary>Whether the function plays a role: what it leaves counted its contract decides, together with other callbacks.</summary>
    public bool HasRole { get; init; }

    /// <summary>Where the function's name stands, for findings that concern the function as a whole.</summary>
    public Location NameLocation => Locations.OfName(Declaration);

    /// <summary>Reports once per id and place.</summary>
    public void Report(DiagnosticDescriptor descriptor, Location location, IEnumerable<SyntaxNode?> story, ImmutableDictionary<string, string?> properties, params object[] arguments)
    {
        if (_reported.Add((descriptor.Id, location)))
        {
            report(Diagnostic.Create(descriptor, location, Locations.OfStory(location, story), properties, arguments));
        }
    }
}
