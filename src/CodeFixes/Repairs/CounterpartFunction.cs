using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmapAnalyzers.CodeFixes.Writing;

namespace MmapAnalyzers.CodeFixes.Repairs;

/// <summary>A method or local function for the empty slot, beside the one in the other slot and after its manner.</summary>
internal sealed class CounterpartFunction
{
    private readonly SyntaxNode _value;
    private readonly SimpleNameSyntax _name;
    private readonly Declared _function;
    private readonly EmptySlot _slot;
    private readonly ImmutableArray<string> _statements;
    private readonly SemanticModel _model;
    private readonly SourceStyle _style;

    private CounterpartFunction(ExpressionSyntax value, SimpleNameSyntax name, Declared function, EmptySlot slot, ImmutableArray<string> statements, SemanticModel model, SourceStyle style)
    {
        _value = value;
        _name = name;
        _function = function;
        _slot = slot;
        _statements = statements;
        _model = model;
        _style = style;
    }

    public static CounterpartFunction? Of(ExpressionSyntax value, EmptySlot slot, string text, Finding finding)
    {
        if (NameOf(value) is not { } name
            || finding.Model.GetSymbolInfo(name, finding.Cancellation).Symbol is not IMethodSymbol { ReturnsVoid: true, IsGenericMethod: false, ExplicitInterfaceImplementations.IsEmpty: true, DeclaringSyntaxReferences: [var reference] }
            || Declared.Of(reference.GetSyntax(finding.Cancellation)) is not { } function)
        {
            return null;
        }

        var model = finding.Model.Compilation.GetSemanticModel(function.Node.SyntaxTree);
        var style = function.Node.SyntaxTree == finding.Tree ? finding.Style : new SourceStyle(function.Node.SyntaxTree.GetRoot(finding.Cancellation), finding.Cancellation);
        return StandsOnItsOwnLines(function.Node, style) && Phrasing.Statements(text, function.Body, model) is { IsEmpty: false } statements
            ? new CounterpartFunction(value, name, function, slot, statements, model, style)
            : null;
    }

    /// <summary>Writes the function, unless an earlier repair has, or there is one that does just this.</summary>
    /// <returns>What to fill the slot with; nothing if a function seems to be meant for it, but does something else.</returns>
    public Counterpart? Write(RepairSession session)
    {
        ImmutableArray<SourceChange> declaration = [];
        if (!session.Written.TryGetValue((_function.Node, _slot.Name), out var name))
        {
            name = DerivedName();
            if (Candidate(name) is not { } candidate)
            {
                name = Unique(name);
                declaration = [Declaration(name)];
            }
            else if (!DoesJustThis(candidate))
            {
                return null;
            }

            session.Written[(_function.Node, _slot.Name)] = name;
        }

        var value = _value.ToString();
        var start = _name.Identifier.SpanStart - _value.SpanStart;
        return new Counterpart(value.Remove(start, _name.Identifier.Span.Length).Insert(start, name), declaration);
    }

    /// <summary>The name of a method group, alone or in the creation of a delegate.</summary>
    private static SimpleNameSyntax? NameOf(ExpressionSyntax value) => value switch
    {
        IdentifierNameSyntax name => name,
        MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } => name,
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var argument }] } => NameOf(argument),
        ParenthesizedExpressionSyntax parenthesized => NameOf(parenthesized.Expression),
        CastExpressionSyntax cast => NameOf(cast.Expression),
        _ => null,
    };

    private static bool StandsOnItsOwnLines(SyntaxNode function, SourceStyle style) =>
        style.Text.IsFirstOnLine(function.GetFirstToken()) && style.Text.IsLastOnLine(function.GetLastToken());

    /// <summary>VmaClose becomes VmaOpen; a name that does not say which slot it is for gives way to the slot's own.</summary>
    private string DerivedName()
    {
        var (own, filled, missing) = (_name.Identifier.ValueText, _slot.FilledName, _slot.Name);
        var at = own.LastIndexOf(filled, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return missing;
        }

        var first = char.IsLower(own[at]) ? char.ToLowerInvariant(missing[0]) : missing[0];
        return own.Remove(at, filled.Length).Insert(at, first + missing.Substring(1));
    }

    private string Unique(string name)
    {
        var unique = name;
        for (var number = 1; !_model.LookupSymbols(_function.Body.SpanStart, name: unique).IsEmpty; number++)
        {
            unique = name + number.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }

    /// <summary>A function of the name that the slot could hold.</summary>
    private Declared? Candidate(string name) =>
        _model.LookupSymbols(_function.Body.SpanStart, name: name).OfType<IMethodSymbol>()
            .Where(method => method.ReturnsVoid)
            .SelectMany(method => method.DeclaringSyntaxReferences)
            .Select(reference => Declared.Of(reference.GetSyntax()))
            .FirstOrDefault(other => other is not null && other.Parameters.Parameters.Select(TypeOf).SequenceEqual(_function.Parameters.Parameters.Select(TypeOf)));

    private bool DoesJustThis(Declared other) =>
        other.Modifiers.Any(SyntaxKind.StaticKeyword) == _function.Modifiers.Any(SyntaxKind.StaticKeyword)
        && other.Parameters.ToString() == _function.Parameters.ToString()
        && other.Statements.SequenceEqual(_statements);

    private static string? TypeOf(ParameterSyntax parameter) => parameter.Type?.ToString();

    private SourceChange Declaration(string name)
    {
        var node = _function.Node;
        var indentation = _style.Text.IndentationAt(node.SpanStart);
        var lines = Lines(name);
        var gap = _function.HasBlankLineBeside(_style.Text) ? _style.NewLine : string.Empty;
        return _slot.ComesFirst
            ? SourceChange.Insert(node.SyntaxTree, _style.Text.FirstOwnLine(node.GetFirstToken()).Start, _style.Lines(lines, indentation) + gap)
            : SourceChange.Insert(node.SyntaxTree, node.GetLastToken().EndOfLine(), _style.NewLine + gap + _style.Lines(lines, indentation).TrimEnd('\r', '\n'));
    }

    private ImmutableArray<string> Lines(string name)
    {
        var header = _function.Header(name);
        var between = _style.Text.ToString(TextSpan.FromBounds(_function.Parameters.Span.End, _function.Body.SpanStart));
        if (_statements is [var statement] && string.IsNullOrWhiteSpace(between.Replace("=>", string.Empty)))
        {
            if (_function.Body is ExpressionSyntax)
            {
                return [header + between + statement];
            }

            if (_style.Text.AreOnOneLine(_function.Body.Span))
            {
                return [$"{header}{between}{{ {statement} }}"];
            }
        }

        return _style.Block(header, _statements);
    }

    /// <summary>A function as it is declared.</summary>
    private sealed record Declared(SyntaxNode Node, SyntaxTokenList Modifiers, TypeSyntax ReturnType, ParameterListSyntax Parameters, SyntaxNode Body)
    {
        public static Declared? Of(SyntaxNode node) => node switch
        {
            MethodDeclarationSyntax method when FunctionBody.Of(method) is { } body => new(method, method.Modifiers, method.ReturnType, method.ParameterList, body),
            LocalFunctionStatementSyntax local when FunctionBody.Of(local) is { } body => new(local, local.Modifiers, local.ReturnType, local.ParameterList, body),
            _ => null,
        };

        public IEnumerable<string> Statements => Body is BlockSyntax block ? block.Statements.Select(statement => statement.ToString()) : [Body + ";"];

        public string Header(string name) =>
            string.Concat(Modifiers.Where(modifier => modifier.Kind() is not (SyntaxKind.OverrideKeyword or SyntaxKind.VirtualKeyword or SyntaxKind.SealedKeyword or SyntaxKind.NewKeyword or SyntaxKind.PartialKeyword or SyntaxKind.AsyncKeyword)).Select(modifier => modifier.Text + " "))
            + $"{ReturnType} {name}{Parameters}";

        /// <summary>Whether a blank line keeps the function from the one before or after it.</summary>
        public bool HasBlankLineBeside(SourceText text)
        {
            var siblings = Node.Parent!.ChildNodes().Where(node => node is MemberDeclarationSyntax or StatementSyntax).ToList();
            var index = siblings.IndexOf(Node);
            return siblings.Count == 1
                || (index > 0 && text.HasBlankLineAbove(text.FirstOwnLine(Node.GetFirstToken()), Node.GetFirstToken()))
                || (index + 1 < siblings.Count && siblings[index + 1].GetFirstToken() is var next && text.HasBlankLineAbove(text.FirstOwnLine(next), next));
        }
    }
}
