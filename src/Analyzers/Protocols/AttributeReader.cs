using Microsoft.CodeAnalysis;
using MmapAnalyzers.Protocols.Text;
using MmapAnalyzers.Symbols;

namespace MmapAnalyzers.Protocols;

/// <summary>Collects the protocol of one symbol from the attributes at its parts. What makes no sense is left out here and reported elsewhere.</summary>
internal sealed class AttributeReader
{
    private readonly ImmutableArray<Effect>.Builder _effects = ImmutableArray.CreateBuilder<Effect>();
    private Role? _role;
    private bool _mustCheck;
    private bool _isNullValue;
    private int? _aliasOrdinal;

    public static MemberProtocol Read(ISymbol symbol)
    {
        var reader = new AttributeReader();
        switch (symbol)
        {
            case IMethodSymbol method:
                reader.Read(method.GetAttributes(), method.MethodKind == MethodKind.Constructor ? EffectTarget.Return : EffectTarget.Receiver, 0, method);
                reader.Read(method.GetReturnTypeAttributes(), EffectTarget.Return, 0, method);
                foreach (var parameter in method.Parameters)
                {
                    reader.Read(parameter.GetAttributes(), EffectTarget.Argument, parameter.Ordinal, method);
                }

                break;
            case IPropertySymbol property:
                reader.Read(property.GetAttributes(), EffectTarget.AssignedValue, 0, property);
                break;
            case INamedTypeSymbol { DelegateInvokeMethod: { } invoke } type:
                reader.Read(type.GetAttributes(), EffectTarget.Receiver, 0, invoke);
                break;
            case IFieldSymbol or IParameterSymbol:
                reader.Read(symbol.GetAttributes(), EffectTarget.AssignedValue, 0, symbol);
                break;
        }

        return reader.ToProtocol();
    }

    private void Read(ImmutableArray<AttributeData> attributes, EffectTarget target, int ordinal, ISymbol owner)
    {
        foreach (var attribute in attributes)
        {
            Read(attribute, target, ordinal, owner);
        }
    }

    private MemberProtocol ToProtocol() => new(_effects.ToImmutable(), _role, _mustCheck, _isNullValue, _aliasOrdinal);

    private void Read(AttributeData attribute, EffectTarget target, int ordinal, ISymbol owner)
    {
        switch (AnnotationSymbols.ProtocolAttributeName(attribute))
        {
            case MetadataNames.Acquires:
                AddEffect(EffectKind.Acquire, attribute, target, ordinal, owner);
                break;
            case MetadataNames.Releases:
                AddEffect(EffectKind.Release, attribute, target, ordinal, owner);
                break;
            case MetadataNames.Transfers:
                AddEffect(EffectKind.Transfer, attribute, target, ordinal, owner);
                break;
            case MetadataNames.Borrows:
                AddEffect(EffectKind.Borrow, attribute, target, ordinal, owner);
                break;
            case MetadataNames.Pins:
                AddEffect(EffectKind.Pin, attribute, target, ordinal, owner);
                break;
            case MetadataNames.Uses:
                AddEffect(EffectKind.Use, attribute, target, ordinal, owner);
                break;
            case MetadataNames.MustCheck:
                _mustCheck = true;
                break;
            case MetadataNames.NullValue:
                _isNullValue = true;
                break;
            case MetadataNames.AliasOf:
                _aliasOrdinal = AliasOrdinal(attribute, owner);
                break;
            case MetadataNames.Role when target is not EffectTarget.Argument:
                _role = ReadRole(attribute);
                break;
        }
    }

    private void AddEffect(EffectKind kind, AttributeData attribute, EffectTarget target, int ordinal, ISymbol owner)
    {
        if (AttributeArguments.Text(attribute) is { } resource && ResourceName.IsName(resource))
        {
            _effects.Add(new Effect(kind, resource, target, ordinal, AttributeArguments.Outcome(attribute, "When"))
            {
                WhenConstant = AttributeArguments.Number(attribute, "WhenValue") ?? 0,
                WhenOrdinal = AttributeArguments.OrdinalOf(AttributeArguments.NamedText(attribute, "WhenParameter"), owner),
                IsAwaited = AttributeArguments.IsTrue(attribute, "Awaited"),
                PairedOrdinal = AttributeArguments.OrdinalOf(AttributeArguments.NamedText(attribute, "Paired"), owner),
                Element = AttributeArguments.Number(attribute, "Element") is >= 0 and var element ? (int)element : null,
            });
        }
    }

    private static Role? ReadRole(AttributeData attribute) =>
        AttributeArguments.Text(attribute) is { } name && RoleContract.Find(name) is { } contract
            ? new Role(contract, AttributeArguments.Outcome(attribute, "Success"), AttributeArguments.NamedText(attribute, "Resource"))
            : null;

    private static int? AliasOrdinal(AttributeData attribute, ISymbol owner) => AttributeArguments.Text(attribute) switch
    {
        null => null,
        "this" => MemberProtocol.AliasOfReceiver,
        var name => AttributeArguments.OrdinalOf(name, owner),
    };
}
