using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Symbols;

namespace MmapAnalyzers.Rules;

/// <summary>A protocol that says nothing or contradicts itself, as an attribute or as a row of a text: it would be left out of account in silence.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MMAP0003SenselessProtocol : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.SenselessProtocol,
        Categories.Protocol,
        RuleLevel.Warning,
        "Write protocols that mean something",
        "This protocol makes no sense: {0}",
        "A protocol attribute with an unknown role, an empty resource, a parameter that does not exist or an outcome that the result cannot have is not obeyed; nor can rows of a text be that contradict each other.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterAdditionalFileAction(static context => TextCheck.Run(context, CheckText));
        context.RegisterCompilationStartAction(static start =>
        {
            if (AnnotationSymbols.AnyDeclared(start.Compilation))
            {
                start.RegisterSymbolAction(CheckSymbol, SymbolKind.NamedType, SymbolKind.Method, SymbolKind.Property, SymbolKind.Field);
            }
        });
    }

    private static void CheckText(TextCheck check)
    {
        foreach (var (place, complaint) in RowContradictions.In(check).Concat(RowComplaints.In(check)))
        {
            check.Report(Descriptor, place, complaint);
        }
    }

    private static void CheckSymbol(SymbolAnalysisContext context)
    {
        var symbol = context.Symbol;
        CheckAttributes(context, symbol.GetAttributes(), symbol, ResultOf(symbol), isOnMember: true);
        if (symbol is IMethodSymbol method)
        {
            CheckAttributes(context, method.GetReturnTypeAttributes(), method, method.ReturnType, isOnMember: false);
            foreach (var parameter in method.Parameters)
            {
                CheckAttributes(context, parameter.GetAttributes(), method, method.ReturnType, isOnMember: false);
            }
        }
    }

    private static ITypeSymbol? ResultOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.ReturnType,
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => invoke.ReturnType,
        _ => null,
    };

    private static void CheckAttributes(SymbolAnalysisContext context, ImmutableArray<AttributeData> attributes, ISymbol owner, ITypeSymbol? result, bool isOnMember)
    {
        foreach (var attribute in attributes)
        {
            if (AnnotationSymbols.ProtocolAttributeName(attribute) is { } name
                && attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is AttributeSyntax syntax
                && AttributeComplaints.About(name, attribute, owner, result, isOnMember) is var (argument, complaint))
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, ArgumentOf(syntax, argument).GetLocation(), complaint));
            }
        }
    }

    private static SyntaxNode ArgumentOf(AttributeSyntax attribute, string? name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.Expression ?? (SyntaxNode)attribute;
}
