using System.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MmapAnalyzers.Protocols.Text;
using MmapAnalyzers.Symbols;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.BuiltIn;

/// <summary>A line of one of the tables of this folder, bound: which members its first part calls, and which the others.</summary>
internal sealed class RowCase
{
    private readonly (ISymbol Member, ITypeSymbol? Receiver, bool Takes)[] _calls;

    private RowCase(string text, string scope, string take, string rest)
    {
        Text = text;
        var tree = Analysis.Parse(RowProgram.With(scope, $"{take}\n{rest}"));
        var compilation = Analysis.Empty.AddSyntaxTrees(tree);
        Errors = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => $"{diagnostic}")];
        var method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First();
        var endOfTake = $"{tree}".IndexOf(take, method.Body!.SpanStart, StringComparison.Ordinal) + take.Length;
        _calls =
        [
            .. from operation in compilation.GetSemanticModel(tree).GetOperation(method)!.Descendants()
               from member in MembersOf(operation)
               select (member.OriginalDefinition, ReceiverOf(operation), operation.Syntax.SpanStart < endOfTake),
        ];
    }

    /// <summary>The lines of all tables.</summary>
    public static RowCase[] All { get; } =
    [
        .. from type in typeof(RowCase).Assembly.GetTypes()
           where type.Namespace == typeof(RowCase).Namespace
           from table in type.GetProperties()
           where table.PropertyType.Name.StartsWith("TheoryData`", StringComparison.Ordinal) && table.GetMethod!.IsStatic
           from ITheoryDataRow row in (IEnumerable)table.GetValue(null)!
           let parts = row.GetData().Cast<string>().Select(RowProgram.Unmarked).ToArray()
           where parts.Length > 2
           select new RowCase($"{type.Name}.{table.Name}: {string.Join(" | ", parts)}", parts[0], parts[1], string.Join('\n', parts.Skip(2))),
    ];

    public string Text { get; }

    public IReadOnlyList<string> Errors { get; }

    /// <summary>Whether the line has what the row describes where the row's verb wants it: what takes in its first part, what gives back in another.</summary>
    public bool Covers(ProtocolRow row, IReadOnlyList<string> modules) => _calls.Any(call => row.Verb switch
    {
        RowVerb.Acquires => call.Takes,
        RowVerb.Releases => !call.Takes,
        _ => true,
    } && Describes(row.Subject, call.Member, call.Receiver, modules));

    private static bool Describes(RowSubject subject, ISymbol member, ITypeSymbol? receiver, IReadOnlyList<string> modules)
    {
        if (subject.Library is not null)
        {
            return member is IMethodSymbol method && NativeImport.Of(method) is { } import && import.Entry == subject.Name && modules.Contains(import.Module);
        }

        var tail = DocumentationIds.TailOf(member);
        return new[] { member.ContainingType, receiver }.OfType<INamedTypeSymbol>().Any(type => subject.Describes(type.OriginalDefinition.GetDocumentationCommentId()!, tail));
    }

    private static IEnumerable<ISymbol> MembersOf(IOperation operation) => new ISymbol?[]
    {
        (operation as IInvocationOperation)?.TargetMethod,
        (operation as IObjectCreationOperation)?.Constructor,
        (operation as IPropertyReferenceOperation)?.Property,
        (operation as IConversionOperation)?.OperatorMethod,
    }.OfType<ISymbol>();

    private static ITypeSymbol? ReceiverOf(IOperation operation)
    {
        var instance = operation switch { IInvocationOperation call => call.Instance, IPropertyReferenceOperation property => property.Instance, _ => null };
        while (instance is IConversionOperation { IsImplicit: true } conversion)
        {
            instance = conversion.Operand;
        }

        return instance?.Type;
    }
}
