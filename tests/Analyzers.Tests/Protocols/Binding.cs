using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmapAnalyzers.Protocols;
using MmapAnalyzers.Protocols.Text;
using MmapAnalyzers.Tests.Verification;

namespace MmapAnalyzers.Tests.Protocols;

/// <summary>A small program and the protocol texts of its project, bound.</summary>
internal sealed class Binding
{
    private readonly CSharpCompilation _compilation;

    public Binding(string source, params string[] lines)
    {
        _compilation = CSharpCompilation.Create(
            "Program",
            [Analysis.Usings, Analysis.Parse("using System.Runtime.InteropServices;\n" + source)],
            References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var text = ProtocolText.Parse(lines);
        Assert.Empty(text.Errors);
        Protocols = ProtocolBinder.Create(_compilation, [text]);
    }

    public ProtocolBinder Protocols { get; }

    /// <summary>The protocol of the one member of that name in a type of the program or of the framework.</summary>
    public MemberProtocol Of(string type, string member) => Protocols.Get(Assert.Single(Members(type, member)));

    public IEnumerable<ISymbol> Members(string type, string member) =>
        Assert.IsAssignableFrom<INamedTypeSymbol>(_compilation.GetTypeByMetadataName(type)).GetMembers(member);

    /// <summary>The protocol of the member that the first call of the program calls, as the object it is called on shows it.</summary>
    public MemberProtocol OfCall()
    {
        var tree = _compilation.SyntaxTrees[1];
        var model = _compilation.GetSemanticModel(tree);
        var call = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>().First();
        var receiver = call.Expression is MemberAccessExpressionSyntax access ? model.GetTypeInfo(access.Expression).Type : null;
        return Protocols.Get(model.GetSymbolInfo(call).Symbol!, receiver);
    }
}
