namespace MmapAnalyzers.Tests.BuiltIn;

public sealed class ComTests
{
    /// <summary>What is in scope, what takes, what gives back.</summary>
    public static TheoryData<string, string, string> Pairs => new()
    {
        { "object target", "nint unknown = [|Marshal.GetIUnknownForObject(target)|];", "Marshal.Release(unknown);" },
        { "object target", "nint dispatch = [|Marshal.GetIDispatchForObject(target)|];", "Marshal.Release(dispatch);" },
        { "object target", "nint contract = [|Marshal.GetComInterfaceForObject(target, typeof(IDisposable))|];", "Marshal.Release(contract);" },
        { "object target", "nint contract = [|Marshal.GetComInterfaceForObject<object, IDisposable>(target)|];", "Marshal.Release(contract);" },
        { "ComWrappers wrappers, object target", "nint contract = [|wrappers.GetOrCreateComInterfaceForObject(target, CreateComInterfaceFlags.None)|];", "Marshal.Release(contract);" },
        { "nint unknown, Guid id", "if ([|Marshal.QueryInterface(unknown, in id, out nint other)|] < 0) return;", "Marshal.Release(other);" },
        { "nint unknown", "[|Marshal.AddRef(unknown)|];", "Marshal.Release(unknown);" },
    };

    /// <summary>What is in scope, what takes, what only looks, what gives back.</summary>
    public static TheoryData<string, string, string, string> Looks => new()
    {
        { "object target, Guid id", "nint unknown = [|Marshal.GetIUnknownForObject(target)|];", "if (Marshal.QueryInterface(unknown, in id, out nint other) >= 0) Marshal.Release(other);", "Marshal.Release(unknown);" },
        { "object target", "nint unknown = [|Marshal.GetIUnknownForObject(target)|];", "_ = Marshal.GetObjectForIUnknown(unknown);", "Marshal.Release(unknown);" },
        { "object target", "nint unknown = [|Marshal.GetIUnknownForObject(target)|];", "_ = Marshal.GetUniqueObjectForIUnknown(unknown);", "Marshal.Release(unknown);" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public Task One_way_out_keeps_the_reference(string scope, string take, string give) => RowVerdict.Is(RowProgram.Lost(scope, take, give));

    [Theory, MemberData(nameof(Pairs))]
    public Task Every_way_out_gives_the_reference_back(string scope, string take, string give) => RowVerdict.IsSilent(RowProgram.Right(scope, take, give));

    [Theory, MemberData(nameof(Looks))]
    public Task Who_only_looks_takes_no_reference_over(string scope, string take, string look, string give) => RowVerdict.Is(RowProgram.LostAfter(scope, take, look, give));

    [Theory, MemberData(nameof(Looks))]
    public Task The_reference_is_given_back_after_the_look(string scope, string take, string look, string give) => RowVerdict.IsSilent(RowProgram.InTime(scope, take, look, give));
}
