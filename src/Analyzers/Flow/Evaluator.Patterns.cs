using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MmapAnalyzers.Flow;

/// <summary>Patterns as conditions.</summary>
internal sealed partial class Evaluator
{
    private ImmutableArray<Evaluated> EvaluatePattern(IIsPatternOperation isPattern, State state) =>
        [.. EvaluateUsed(isPattern.Value, state).Select(value =>
        {
            var after = value.State;
            var test = Test(isPattern.Pattern, value.Term, ref after);
            return new Evaluated(after, test);
        })];

    /// <summary>The condition under which the pattern matches; variables it declares get the value.</summary>
    private Term Test(IPatternOperation pattern, Term value, ref State state)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                return Conditions.AreEqual(value, ConstantOf(constant.Value));
            case INegatedPatternOperation negated:
                return Conditions.Not(Test(negated.Pattern, value, ref state));
            case IDiscardPatternOperation:
                return Term.True;
            case IRelationalPatternOperation relational:
                return Conditions.Binary(relational.OperatorKind, value, ConstantOf(relational.Value));
            case IBinaryPatternOperation binary:
                var left = Test(binary.LeftPattern, value, ref state);
                var right = Test(binary.RightPattern, value, ref state);
                return Conditions.Binary(binary.OperatorKind, left, right);
            case ITypePatternOperation type:
                return IsType(value, type.MatchedType, isNegated: false);
            case IDeclarationPatternOperation declaration:
                state = Declare(state, declaration.DeclaredSymbol, value);
                return declaration.MatchesNull ? Term.True
                    : SymbolEqualityComparer.Default.Equals(declaration.InputType, declaration.NarrowedType) ? Conditions.Not(Conditions.AreEqual(value, Term.Null))
                    : IsType(value, declaration.NarrowedType, isNegated: false);
            case IRecursivePatternOperation recursive:
                state = Declare(state, recursive.DeclaredSymbol, value);
                return TestRecursive(recursive, value, ref state);
            default:
                return Fresh(ref state, pattern.Syntax, "pattern");
        }
    }

    private Term TestRecursive(IRecursivePatternOperation recursive, Term value, ref State state)
    {
        var test = Conditions.Not(Conditions.AreEqual(value, Term.Null));
        if (!recursive.DeconstructionSubpatterns.IsEmpty)
        {
            return Fresh(ref state, recursive.Syntax, "deconstruction");
        }

        foreach (var subpattern in recursive.PropertySubpatterns)
        {
            var member = subpattern.Member is IMemberReferenceOperation reference
                ? Read(state, Term.Member(value, reference.Member, [], null))
                : Fresh(ref state, subpattern.Syntax, "member");
            test = Conditions.Binary(BinaryOperatorKind.And, test, Test(subpattern.Pattern, member, ref state));
        }

        return test;
    }

    private static Term ConstantOf(IOperation operation) =>
        operation.ConstantValue is { HasValue: true, Value: var value } ? Term.Constant(value)
        : operation is IDefaultValueOperation ? Term.Null
        : Term.Fresh(operation.Syntax, "constant");

    private static State Declare(State state, ISymbol? variable, Term value) =>
        variable is null ? state : state with { Variables = state.Variables.SetItem(variable, value) };
}
