using Microsoft.CodeAnalysis;
using MmapAnalyzers.Protocols.Text;
using MmapAnalyzers.Symbols;

namespace MmapAnalyzers.Protocols;

/// <summary>What a compilation has under the name of a row's subject.</summary>
/// <param name="Type">The type that the subject names, or <see langword="null"/> if there is none.</param>
/// <param name="Named">The members of that name that the type has or inherits.</param>
/// <param name="Described">Those of them that the row describes.</param>
internal sealed record RowSymbols(INamedTypeSymbol? Type, ImmutableArray<ISymbol> Named, ImmutableArray<ISymbol> Described)
{
    public static RowSymbols Of(RowSubject subject, Compilation compilation)
    {
        if (DocumentationCommentId.GetFirstSymbolForDeclarationId(subject.ContainerId, compilation) is not INamedTypeSymbol type)
        {
            return new RowSymbols(null, [], []);
        }

        if (subject.Kind == 'T')
        {
            return new RowSymbols(type, [type], [type]);
        }

        var named = MembersOf(type, withInherited: !subject.IsConstructor).Where(member => InheritedMembers.SimpleName(member) == subject.Name && KindOf(member) == subject.Kind).ToImmutableArray();
        return new RowSymbols(type, named, [.. named.Where(member => subject.Describes(subject.ContainerId, DocumentationIds.TailOf(member)))]);
    }

    public static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type, bool withInherited)
    {
        IEnumerable<ISymbol> members = type.GetMembers();
        for (var ancestor = type.BaseType; withInherited && ancestor is not null; ancestor = ancestor.BaseType)
        {
            members = members.Concat(ancestor.GetMembers());
        }

        return withInherited ? members.Concat(type.AllInterfaces.SelectMany(contract => contract.GetMembers())) : members;
    }

    /// <summary>The letter that documentation-comment ids of such symbols begin with.</summary>
    public static char KindOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol => 'M',
        IPropertySymbol => 'P',
        IFieldSymbol => 'F',
        INamedTypeSymbol => 'T',
        _ => ' ',
    };
}
