using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MmapAnalyzers.Symbols;

/// <summary>Finds the methods of a compilation that stand for native functions, by syntax alone and once per file.</summary>
internal static class ImportDeclarations
{
    private static readonly ConditionalWeakTable<SyntaxTree, ImportDeclaration[]> ByTree = new();

    public static IEnumerable<ImportDeclaration> In(Compilation compilation) =>
        compilation.SyntaxTrees.SelectMany(static tree => ByTree.GetValue(tree, static tree => [.. In(tree)]));

    private static IEnumerable<ImportDeclaration> In(SyntaxTree tree)
    {
        // Only members: looking into bodies would cost as much as binding them.
        foreach (var node in tree.GetRoot().DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            if (node is MethodDeclarationSyntax { AttributeLists.Count: > 0, Body: null, ExpressionBody: null } method
                && method.AttributeLists.SelectMany(static list => list.Attributes).FirstOrDefault(IsImport) is { } attribute)
            {
                yield return new ImportDeclaration(method.Identifier.ValueText, EntryOf(attribute, method));
            }
        }
    }

    private static bool IsImport(AttributeSyntax attribute)
    {
        var name = attribute.Name is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : attribute.Name.ToString();
        return name is "DllImport" or "DllImportAttribute" or "LibraryImport" or "LibraryImportAttribute";
    }

    private static string? EntryOf(AttributeSyntax attribute, MethodDeclarationSyntax method)
    {
        var argument = attribute.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == "EntryPoint");
        return argument is null ? method.Identifier.ValueText : (argument.Expression as LiteralExpressionSyntax)?.Token.ValueText;
    }
}

/// <param name="Entry">The entry point, or <see langword="null"/> if more than syntax is needed to tell.</param>
internal sealed record ImportDeclaration(string Method, string? Entry);
