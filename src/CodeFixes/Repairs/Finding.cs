using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.CodeFixes.Writing;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Rules;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>A diagnostic with the source it stands in.</summary>
internal sealed class Finding
{
    private readonly Diagnostic _diagnostic;
    private readonly SyntaxNode _root;
    private readonly Lazy<ProtocolBinder> _protocols;

    private Finding(Document document, Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellation)
    {
        Document = document;
        _diagnostic = diagnostic;
        _root = root;
        _protocols = new(() => ProjectProtocols.Of(model.Compilation, document.Project.AnalyzerOptions, cancellation));
        Model = model;
        Token = root.FindToken(diagnostic.Location.SourceSpan.Start);
        Style = new SourceStyle(root, cancellation);
        Cancellation = cancellation;
    }

    public Document Document { get; }

    public SemanticModel Model { get; }

    /// <summary>The token that the squiggle begins with. The squiggle's end says nothing: it stays within one line.</summary>
    public SyntaxToken Token { get; }

    public SourceStyle Style { get; }

    public CancellationToken Cancellation { get; }

    public SyntaxTree Tree => Model.SyntaxTree;

    public string Id => _diagnostic.Id;

    public ProtocolBinder Protocols => _protocols.Value;

    public static async Task<Finding?> CreateAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return root is null || model is null ? null : new Finding(document, diagnostic, root, model, cancellation);
    }

    /// <summary>What the rule says about the repair, by a key of <c>RepairProperties</c>.</summary>
    public string? this[string key] => _diagnostic.Properties.TryGetValue(key, out var value) ? value : null;

    public bool Has(string key, [NotNullWhen(true)] out string? value) => (value = this[key]) is not null;

    /// <summary>The token at the place that a property gives.</summary>
    public SyntaxToken? TokenAt(string key) => TokensAt(key) is [var token] ? token : null;

    /// <summary>The tokens at the places that a property gives; none if one is not in the file.</summary>
    public ImmutableArray<SyntaxToken> TokensAt(string key)
    {
        var places = Has(key, out var text) ? text.Split(',') : [];
        var tokens = places.Select(place => int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < _root.FullSpan.End ? _root.FindToken(position) : default);
        return tokens.All(token => token != default) ? [.. tokens] : [];
    }

    /// <summary>The call that the squiggle stands at.</summary>
    public InvocationExpressionSyntax? Call()
    {
        var end = _diagnostic.Location.SourceSpan.End;
        var calls = Token.Parent?.AncestorsAndSelf().TakeWhile(node => node.SpanStart == Token.SpanStart).OfType<InvocationExpressionSyntax>().ToArray() ?? [];
        return calls.FirstOrDefault(call => call.Span.End == end) ?? calls.FirstOrDefault(call => call.Span.End > end);
    }

    /// <summary>The outermost node of a kind that begins where the squiggle begins.</summary>
    public TNode? Outermost<TNode>()
        where TNode : SyntaxNode =>
        Token.Parent?.AncestorsAndSelf().TakeWhile(node => node.SpanStart == Token.SpanStart).OfType<TNode>().LastOrDefault();
}
