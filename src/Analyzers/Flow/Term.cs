using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Flow;

internal enum TermKind
{
    /// <summary>The object the analyzed function runs on.</summary>
    This,

    /// <summary>The value a parameter had at entry.</summary>
    Parameter,

    /// <summary>A local or parameter of an enclosing function, read inside a lambda or local function.</summary>
    Captured,

    /// <summary>A compile-time constant; null, the default of a value type and a member marked as null value are the same <see cref="Term.Null"/>.</summary>
    Constant,

    /// <summary>A field, property or element of the first operand; further operands are indices.</summary>
    Member,

    /// <summary>A pure operation on the operands.</summary>
    Operation,

    /// <summary>The result of a method that only looks, for the operands.</summary>
    Call,

    /// <summary>A value first seen at a place in the source: a call's result, a new object, the meeting of paths.</summary>
    Fresh,

    /// <summary>A method or lambda as a value; the operand, if any, is its receiver.</summary>
    Function,
}

/// <summary>A symbolic value. Two terms that are equal denote the same value at run time.</summary>
internal sealed class Term : IEquatable<Term>
{
    /// <summary>The operation that makes a task of what a function returns.</summary>
    public const string TaskName = "task";

    /// <summary>The operation that makes a tuple of its elements.</summary>
    public const string TupleName = "tuple";

    private const int MaxDepth = 12;
    private const int MaxSize = 40;

    public static readonly Term This = new(TermKind.This, null, "this", null, []);
    public static readonly Term Null = new(TermKind.Constant, null, null, null, []);
    public static readonly Term True = new(TermKind.Constant, null, true, null, []);
    public static readonly Term False = new(TermKind.Constant, null, false, null, []);

    private readonly int _hash;

    private Term(TermKind kind, ISymbol? symbol, object? data, SyntaxNode? site, ImmutableArray<Term> operands)
    {
        Kind = kind;
        Symbol = symbol;
        Data = data;
        Site = site;
        Operands = operands;
        foreach (var operand in operands)
        {
            Depth = Math.Max(Depth, operand.Depth + 1);
            Size = Math.Min(MaxSize + 1, Size + operand.Size);
        }

        _hash = ComputeHash();
    }

    public TermKind Kind { get; }

    public ISymbol? Symbol { get; }

    /// <summary>A constant's value, an operation's name or a member's version.</summary>
    public object? Data { get; }

    public SyntaxNode? Site { get; }

    public ImmutableArray<Term> Operands { get; }

    public int Depth { get; }

    /// <summary>How many terms it is built of, itself counted.</summary>
    public int Size { get; } = 1;

    public bool IsNull => Kind == TermKind.Constant && Data is null;

    /// <summary>Whether the constant is null, zero or false: the default value of whatever type it has.</summary>
    public bool IsZero => Kind == TermKind.Constant && Data is null or false or 0L;

    public static Term Parameter(IParameterSymbol parameter) => new(TermKind.Parameter, parameter, null, null, []);

    public static Term Captured(ISymbol variable) => new(TermKind.Captured, variable, null, null, []);

    public static Term Constant(object? value) => value switch
    {
        null => Null,
        true => True,
        false => False,
        sbyte or short or int or long or byte or ushort or uint => new(TermKind.Constant, null, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture), null, []),
        ulong number => new(TermKind.Constant, null, unchecked((long)number), null, []),
        _ => new(TermKind.Constant, null, value, null, []),
    };

    /// <summary>A member of a value. The version tells apart what was read before and after somebody may have written it.</summary>
    public static Term Member(Term? container, ISymbol? member, ImmutableArray<Term> indices, SyntaxNode? version)
    {
        var operands = container is null ? indices : indices.Insert(0, container);
        return new(TermKind.Member, member, container is null ? "static" : "instance", version, operands);
    }

    public static Term Operation(string name, params ImmutableArray<Term> operands) => new(TermKind.Operation, null, name, null, operands);

    public static Term Call(IMethodSymbol method, ImmutableArray<Term> operands) => new(TermKind.Call, method, null, null, operands);

    /// <summary>A value first seen at <paramref name="site"/>, told apart by <paramref name="context"/> and a label.</summary>
    public static Term Fresh(SyntaxNode site, string label = "", params ImmutableArray<Term> context) => new(TermKind.Fresh, null, label, site, context);

    public static Term Function(IMethodSymbol method, Term? receiver) => new(TermKind.Function, method, null, null, receiver is null ? [] : [receiver]);

    /// <summary>The same member without its version: the place, whatever it holds.</summary>
    public Term AsLocation() => Kind == TermKind.Member && Site is not null ? new(Kind, Symbol, Data, null, Operands) : this;

    /// <summary>Whether the term nests so deep that it should give way to a fresh one.</summary>
    public bool IsTooDeep => Depth > MaxDepth || Size > MaxSize;

    /// <summary>Whether this term or one it is built of satisfies the condition.</summary>
    public bool Any(Func<Term, bool> condition)
    {
        if (condition(this))
        {
            return true;
        }

        foreach (var operand in Operands)
        {
            if (operand.Any(condition))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The term with every part for which <paramref name="replace"/> gives a replacement replaced.</summary>
    public Term Substitute(Func<Term, Term?> replace)
    {
        if (replace(this) is { } replacement)
        {
            return replacement;
        }

        if (Operands.IsEmpty)
        {
            return this;
        }

        var changed = false;
        var operands = ImmutableArray.CreateBuilder<Term>(Operands.Length);
        foreach (var operand in Operands)
        {
            var substituted = operand.Substitute(replace);
            changed |= !ReferenceEquals(substituted, operand);
            operands.Add(substituted);
        }

        return changed ? new Term(Kind, Symbol, Data, Site, operands.MoveToImmutable()) : this;
    }

    public bool Equals(Term? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && _hash == other._hash
            && Kind == other.Kind
            && Equals(Data, other.Data)
            && ReferenceEquals(Site, other.Site)
            && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol)
            && SameOperands(Operands, other.Operands));

    public override bool Equals(object? obj) => Equals(obj as Term);

    public override int GetHashCode() => _hash;

    public override string ToString() => Kind switch
    {
        TermKind.This => "this",
        TermKind.Parameter or TermKind.Captured => Symbol!.Name,
        TermKind.Constant => Data?.ToString() ?? "null",
        TermKind.Member when Symbol is null => $"{Operands[0]}[{string.Join(", ", Operands.Skip(1))}]",
        TermKind.Member => $"{(Data is "static" ? Symbol!.ContainingType?.Name : Operands[0].ToString())}.{Symbol!.Name}",
        TermKind.Operation => $"{Data}({string.Join(", ", Operands)})",
        TermKind.Call or TermKind.Function => $"{Symbol!.Name}({string.Join(", ", Operands)})",
        _ => $"fresh {Data}@{Site!.GetLocation().GetLineSpan().StartLinePosition.Line + 1}",
    };

    private static bool SameOperands(ImmutableArray<Term> left, ImmutableArray<Term> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var index = 0; index < left.Length; index++)
        {
            if (!left[index].Equals(right[index]))
            {
                return false;
            }
        }

        return true;
    }

    private int ComputeHash()
    {
        unchecked
        {
            var hash = ((int)Kind * 397) ^ (Data?.GetHashCode() ?? 0);
            hash = (hash * 397) ^ (Symbol is null ? 0 : SymbolEqualityComparer.Default.GetHashCode(Symbol));
            hash = (hash * 397) ^ (Site is null ? 0 : Site.RawKind ^ Site.SpanStart);
            foreach (var operand in Operands)
            {
                hash = (hash * 397) ^ operand._hash;
            }

            return hash;
        }
    }
}
