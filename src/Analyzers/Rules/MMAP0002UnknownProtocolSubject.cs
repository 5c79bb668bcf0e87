using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MmapAnalyzers.Diagnostics;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Protocols.Text;

namespace MmapAnalyzers.Rules;

/// <summary>A row of a protocol text about a member, a parameter or a library that does not exist.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MMAP0002UnknownProtocolSubject : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Descriptors.Create(
        RuleIds.UnknownProtocolSubject,
        Categories.Protocol,
        RuleLevel.Warning,
        "Describe members that exist",
        "This row of the protocol text describes nothing: {0}",
        "A row of a protocol text whose type, member, overload, parameter or library does not exist describes nothing, and what it was meant to describe is not checked.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterAdditionalFileAction(static context => TextCheck.Run(context, Check));
    }

    private static void Check(TextCheck check)
    {
        foreach (var row in check.Text.Rows)
        {
            if (ComplaintAbout(row, check) is var (place, complaint))
            {
                check.Report(Descriptor, place, complaint);
            }
        }
    }

    private static (Word Place, string Complaint)? ComplaintAbout(ProtocolRow row, TextCheck check)
    {
        var subject = row.Subject;
        if (subject.Library is { } library)
        {
            var known = check.AllTexts.Concat(BuiltInProtocols.Index.Texts).SelectMany(text => text.Libraries).Select(line => line.Name.Text).ToArray();
            return known.Contains(library) ? null : (subject.Source, $"there is no library '{library}'{Spelling.Suggestion(library, known)}");
        }

        return RowSymbols.Of(subject, check.Compilation) switch
        {
            { Type: null } => (subject.Source, $"there is no type '{subject.ContainerId.Substring(2)}'{NearType(subject, check.Compilation)}"),
            { Named: [], Type: { } type } => (subject.Source, $"'{NameOf(type)}' has no member '{subject.Name}'{Spelling.Suggestion(subject.Name, RowSymbols.MembersOf(type, withInherited: true).Select(member => member.Name).Distinct())}"),
            { Described: [], Named: var named } => (subject.Source, $"'{subject.Name}' has no such parameters; there is {named[0].GetDocumentationCommentId()}"),
            var found => AboutParameters(row, found.Described),
        };
    }

    /// <summary>At least one of the overloads has all the parameters that the row names.</summary>
    private static (Word Place, string Complaint)? AboutParameters(ProtocolRow row, ImmutableArray<ISymbol> described)
    {
        if (described.Any(member => row.Parameters.All(parameter => RowReader.OrdinalOf(parameter, member) is not null)))
        {
            return null;
        }

        var missing = row.Parameters.FirstOrDefault(parameter => described.All(member => RowReader.OrdinalOf(parameter, member) is null));
        var names = described.SelectMany(member => AttributeArguments.Parameters(member)).Select(parameter => parameter.Name).Distinct();
        return missing.Text is null
            ? (row.Subject.Source, "no overload has all the parameters that the row names")
            : (missing, $"'{row.Subject.Name}' has no parameter '{missing}'{Spelling.Suggestion(missing.Text, names)}");
    }

    /// <summary>A type of the namespace with nearly that name.</summary>
    private static string NearType(RowSubject subject, Compilation compilation)
    {
        var path = subject.ContainerId.Substring(2).Split('.');
        INamespaceSymbol? space = compilation.GlobalNamespace;
        foreach (var part in path.Take(path.Length - 1))
        {
            space = space?.GetNamespaceMembers().FirstOrDefault(inner => inner.Name == part);
        }

        return space is null ? "" : Spelling.Suggestion(path[path.Length - 1], space.GetTypeMembers().Select(type => type.MetadataName));
    }

    private static string NameOf(INamedTypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
