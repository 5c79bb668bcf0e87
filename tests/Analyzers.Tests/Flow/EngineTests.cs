namespace MmapAnalyzers.Tests.Flow;

/// <summary>What the engine makes of each statement: the units held at each exit.</summary>
public sealed class EngineTests
{
    [Fact]
    public void Straight_code_adds_up() => Assert.Equal(["1"], FlowText.Returns("Take(); Take(); Give();"));

    [Fact]
    public void Branches_stay_apart() => Assert.Equal(["0", "1"], FlowText.Returns("if (a) Take();"));

    [Fact]
    public void The_same_condition_decides_twice() => Assert.Equal(["0"], FlowText.Returns("if (a) Take(); if (a) Give();"));

    [Fact]
    public void A_flag_remembers_what_was_done() => Assert.Equal(["0"], FlowText.Returns(
        """
        var taken = false;
        if (a) { Take(); taken = true; }
        if (taken) Give();
        """));

    [Fact]
    public void A_condition_over_an_expression_decides_twice() => Assert.Equal(["0"], FlowText.Returns("if ((n & 4) != 0) Take(); if ((n & 4) == 0) return; Give();"));

    [Fact]
    public void A_written_field_is_not_the_same_condition() =>
        Assert.Equal(["-1", "0", "1"], FlowText.Returns("if (Number == 1) Take(); Number = n; if (Number == 1) Give();"));

    [Fact]
    public void Comparisons_with_constants_exclude_each_other() => Assert.Equal(["0"], FlowText.Returns("if (n >= 2) Take(); if (n > 1) Give();"));

    [Fact]
    public void A_conditional_acquire_follows_its_result() => Assert.Equal(["0 returning False", "1 returning True"], FlowText.Returns("if (!TryTake()) return false; return true;", "bool"));

    [Fact]
    public void A_loop_leaves_an_interval() => Assert.Equal(["[0, ∞]"], FlowText.Returns("for (var i = 0; i < n; i++) Take();"));

    [Fact]
    public void A_balanced_loop_leaves_nothing() => Assert.Equal(["0"], FlowText.Returns("while (n-- > 0) { Take(); Give(); }"));

    [Fact]
    public void What_was_held_before_a_loop_is_held_after_it() => Assert.Equal(["1"], FlowText.Returns("Take(); foreach (var c in \"ab\") { if (a) break; if (b) continue; }"));

    [Fact]
    public void A_return_out_of_a_loop_keeps_its_own_count() => Assert.Equal(["0", "1"], FlowText.Returns("for (;;) { if (a) { Take(); return; } if (b) return; }"));

    [Fact]
    public void Finally_runs_on_every_way_out() => Assert.Equal(["0 returning 1", "0 returning 2"], FlowText.Returns("Take(); try { if (a) return 1; return 2; } finally { Give(); }", "int"));

    [Fact]
    public void Finally_runs_for_exceptions_too() => Assert.Equal(["0"], FlowText.Throws("Take(); try { throw new Exception(); } finally { Give(); }"));

    [Fact]
    public void Nested_finally_blocks_run_inside_out() => Assert.Equal(["0"], FlowText.Returns("Take(); try { Take(); try { return; } finally { Give(); } } finally { Give(); }"));

    [Fact]
    public void A_catch_goes_on_with_what_was_taken_before_the_throw() => Assert.Equal(["1", "2"], FlowText.Returns(
        """
        try { Take(); if (a) throw new InvalidOperationException(); Take(); }
        catch (InvalidOperationException) { }
        """));

    [Fact]
    public void A_filter_may_say_no() => Assert.Equal(["0", "1"], FlowText.Returns("try { if (a) throw new Exception(); Take(); } catch when (b) { }"));

    [Fact]
    public void An_uncaught_exception_leaves_with_what_was_taken() => Assert.Equal(["1"], FlowText.Throws("Take(); if (a) throw new Exception();"));

    [Fact]
    public void Switch_statements_and_expressions_stay_apart()
    {
        Assert.Equal(["0", "1", "2"], FlowText.Returns("switch (n) { case 0: Take(); break; case 1: Take(); goto case 0; default: break; }"));
        Assert.Equal(["0 returning 2", "1 returning 1"], FlowText.Returns("if (n is 0 or 1) Take(); return n switch { 0 or 1 => 1, _ => 2 };", "int"));
    }

    [Fact]
    public void Goto_forwards_and_backwards() => Assert.Equal(["0", "1"], FlowText.Returns("again: if (a) goto done; Take(); return; done: if (b) goto again;"));

    [Fact]
    public void Null_tests_decide_twice() => Assert.Equal(["0"], FlowText.Returns("if (o is not null) Take(); if (o is null) return; Give();"));

    [Fact]
    public void Conditional_access_calls_only_what_is_there() => Assert.Equal(["0", "1"], FlowText.Returns("Next?.Take();"));

    [Fact]
    public void Helpers_are_followed() => Assert.Equal(["1"], FlowText.Returns("Outer();", members: "void Outer() => Inner(); void Inner() { Take(); }"));

    [Fact]
    public void The_argument_decides_which_way_a_helper_goes() =>
        Assert.Equal(["0", "1"], FlowText.Returns("Take(); if (a) { Drop(keep: false); return; } Drop(keep: true);", members: "void Drop(bool keep) { if (!keep) Give(); }"));

    [Fact]
    public void The_result_of_a_helper_tells_which_way_it_went() =>
        Assert.Equal(["0"], FlowText.Returns("if (Try(n)) Give();", members: "bool Try(int n) { if (n == 3) return false; Take(); return true; }"));

    [Fact]
    public void Local_functions_and_lambdas_are_followed()
    {
        Assert.Equal(["1"], FlowText.Returns("void Local() => Take(); Local();"));
        Assert.Equal(["1"], FlowText.Returns("Action take = () => Take(); take();"));
        Assert.Equal(["1"], FlowText.Returns("Action take = Take; take();"));
    }

    [Fact]
    public void A_lambda_writes_the_variables_around_it() => Assert.Equal(["0"], FlowText.Returns("var done = false; void Mark() { Take(); done = true; } Mark(); if (done) Give();"));

    [Fact]
    public void A_function_handed_to_other_code_leaves_the_count_open() => Assert.Equal(["[-∞, ∞]"], FlowText.Returns("new List<int>().ForEach(x => Take());"));

    [Fact]
    public void Recursion_leaves_the_count_open() => Assert.Equal(["0", "[-∞, ∞]"], FlowText.Returns("Again(n);", members: "void Again(int n) { if (n > 0) { Take(); Again(n - 1); } }"));

    [Fact]
    public void Many_methods_that_call_each_other_in_circles_are_analyzed_in_polynomial_time()
    {
        string calls = string.Concat(Enumerable.Range(0, 14).Select(other => $"if (n == {other}) M{other}(n - 1); "));
        string members = string.Concat(Enumerable.Range(0, 14).Select(own => $"void M{own}(int n) {{ {calls} }} "));
        Assert.NotEmpty(FlowText.Returns("M0(n);", members: members));     // a run that takes one path of the call graph after the other does not end
    }

    [Fact]
    public void An_unknown_delegate_leaves_the_count_open() => Assert.Equal(["[-∞, ∞]"], FlowText.Returns("((Action)o)();"));

    [Fact]
    public void Two_calls_on_one_object_run_the_overrides_of_one_type() => Assert.Equal(["0", "2"], FlowText.Returns(
        "Use((Hook)o);",
        members:
        """
        void Use(Hook hook) { hook.On(this); hook.On(this); }
        public abstract class Hook { public abstract void On(Subject subject); }
        public sealed class Counting : Hook { public override void On(Subject subject) => subject.Take(); }
        public sealed class Idle : Hook { public override void On(Subject subject) { } }
        """));

    [Fact]
    public void Many_independent_conditions_are_joined_instead_of_kept_apart()
    {
        var body = string.Concat(Enumerable.Range(0, 12).Select(bit => $"if ((n & {1 << bit}) != 0) Number = {bit};"));
        var result = FlowText.Run("Take();" + body);
        Assert.False(result.IsUnknown);
        Assert.All(result.Returns, exit => Assert.Equal("1", FlowTextUnits(exit)));
    }

    private static string FlowTextUnits(MmapAnalyzers.Flow.Exit exit) => Assert.Single(exit.Final.Counts, counted => counted.Key.Resource == "unit").Value.ToString();
}
