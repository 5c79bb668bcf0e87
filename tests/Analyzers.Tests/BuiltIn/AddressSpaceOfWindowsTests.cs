namespace MmapAnalyzers.Tests.BuiltIn;

public sealed class AddressSpaceOfWindowsTests
{
    /// <summary>What is in scope, what takes, what gives back.</summary>
    public static TheoryData<string, string, string> Pairs => new()
    {
        { "nuint size", "nint at = [|Windows.Reserve(0, size, 0x3000, 4)|]; if (at == 0) return;", "Windows.Release(at, 0, 0x8000);" },
        { "nuint size", "nint at = [|Windows.Reserve(0, size, 0x1000, 4)|]; if (at == 0) return;", "Windows.Release(at, 0, 0x8000);" },
        { "nuint size", "nint at = [|Windows.ReserveFromApp(0, size, 0x3000, 4)|]; if (at == 0) return;", "Windows.Release(at, 0, 0x8000);" },
        { "nuint size", "nint at = [|Windows.ReserveFromApp(0, size, 0x1000, 4)|]; if (at == 0) return;", "Windows.Release(at, 0, 0x8000);" },
        { "nint process, nuint size", "nint at = [|Windows.ReserveIn(process, 0, size, 0x3000, 4)|]; if (at == 0) return;", "Windows.ReleaseIn(process, at, 0, 0x8000);" },
        { "nint process, nuint size", "nint at = [|Windows.ReserveIn(process, 0, size, 0x1000, 4)|]; if (at == 0) return;", "Windows.ReleaseIn(process, at, 0, 0x8000);" },
        { "nint process, nuint size", "nint at = [|Windows.ReserveOn(process, 0, size, 0x3000, 4, 0)|]; if (at == 0) return;", "Windows.ReleaseIn(process, at, 0, 0x8000);" },
        { "nint process, nuint size", "nint at = [|Windows.ReserveOn(process, 0, size, 0x1000, 4, 0)|]; if (at == 0) return;", "Windows.ReleaseIn(process, at, 0, 0x8000);" },
        { "nint process, nuint size", "nint at = [|Windows.ReserveWith(process, 0, size, 0x3000, 4, 0, 0)|]; if (at == 0) return;", "Windows.ReleaseIn(process, at, 0, 0x8000);" },
        { "nint process, nuint size", "nint at = [|Windows.ReserveWith(process, 0, size, 0x1000, 4, 0, 0)|]; if (at == 0) return;", "Windows.ReleaseIn(process, at, 0, 0x8000);" },
        { "nint mapping", "nint at = [|Windows.View(mapping, 4, 0, 0, 0)|]; if (at == 0) return;", "Windows.Unview(at);" },
        { "nint mapping", "nint at = [|Windows.ViewAt(mapping, 4, 0, 0, 0, 0)|]; if (at == 0) return;", "Windows.Unview(at);" },
        { "nint mapping, nint process", "nint at = [|Windows.ViewIn(mapping, process, 0, 0, 0, 0, 4)|]; if (at == 0) return;", "Windows.UnviewIn(process, at, 0);" },
        { "nint mapping, nint process", "nint at = [|Windows.ViewOn(mapping, process, 0, 0, 0, 0, 4, 0)|]; if (at == 0) return;", "Windows.UnviewIn(process, at, 0);" },
        { "nint mapping, nint process", "nint at = [|Windows.ViewWith(mapping, process, 0, 0, 0, 0, 4, 0, 0)|]; if (at == 0) return;", "Windows.UnviewWith(at, 0);" },
        { "nint mapping", "nint at = [|Windows.ViewFromApp(mapping, 4, 0, 0)|]; if (at == 0) return;", "Windows.Unview(at);" },
        { "nint at, nuint size", "if (![|Windows.LockPages(at, size)|]) return;", "Windows.UnlockPages(at, size);" },
    };

    /// <summary>What is in scope, what takes, what gives back another length.</summary>
    public static TheoryData<string, string, string> OtherLengths => new()
    {
        { "nint at, nuint size", "if (!Windows.LockPages(at, 4096)) return;", "{|MMAP4007:Windows.UnlockPages(at, 8192)|};" },
    };

    /// <summary>What is in scope, what takes, what only looks, what gives back.</summary>
    public static TheoryData<string, string, string, string> Looks => new()
    {
        { "nuint size", "nint at = [|Windows.Reserve(0, size, 0x3000, 4)|]; if (at == 0) return;", "Windows.Protect(at, size, 2, out _);", "Windows.Release(at, 0, 0x8000);" },
        { "nuint size", "nint at = [|Windows.Reserve(0, size, 0x3000, 4)|]; if (at == 0) return;", "if (Windows.LockPages(at, size)) Windows.UnlockPages(at, size);", "Windows.Release(at, 0, 0x8000);" },
        { "nuint size", "nint at = [|Windows.Reserve(0, size, 0x3000, 4)|]; if (at == 0) return;", "Windows.FlushCode(at, size);", "Windows.Release(at, 0, 0x8000);" },
        { "nint process, nuint size, byte[] data", "nint at = [|Windows.ReserveIn(process, 0, size, 0x3000, 4)|]; if (at == 0) return;", "Windows.ProtectIn(process, at, size, 2, out _);", "Windows.ReleaseIn(process, at, 0, 0x8000);" },
        { "nint process, nuint size, byte[] data", "nint at = [|Windows.ReserveIn(process, 0, size, 0x3000, 4)|]; if (at == 0) return;", "Windows.WriteIn(process, at, data, size, out _);", "Windows.ReleaseIn(process, at, 0, 0x8000);" },
        { "nint process, nuint size, byte[] data", "nint at = [|Windows.ReserveIn(process, 0, size, 0x3000, 4)|]; if (at == 0) return;", "Windows.ReadIn(process, at, data, size, out _);", "Windows.ReleaseIn(process, at, 0, 0x8000);" },
        { "nint mapping, nuint size", "nint at = [|Windows.View(mapping, 4, 0, 0, size)|]; if (at == 0) return;", "Windows.FlushView(at, size);", "Windows.Unview(at);" },
        { "nint mapping, nuint size", "nint at = [|Windows.View(mapping, 4, 0, 0, size)|]; if (at == 0) return;", "Windows.Protect(at, size, 2, out _);", "Windows.Unview(at);" },
        { "nint mapping, nuint size", "nint at = [|Windows.View(mapping, 4, 0, 0, size)|]; if (at == 0) return;", "if (Windows.LockPages(at, size)) Windows.UnlockPages(at, size);", "Windows.Unview(at);" },
    };

    /// <summary>What is in scope, what takes, what exempts from counting, what gives back.</summary>
    public static TheoryData<string, string, string, string> Exemptions => new()
    {
        { "nint at, nuint size", "if (!Windows.LockPages(at, size)) return;", "Windows.Release(at, 0, 0x8000);", "Windows.UnlockPages(at, size);" },
        { "nint at, nuint size", "if (!Windows.LockPages(at, size)) return;", "Windows.Unview(at);", "Windows.UnlockPages(at, size);" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public Task One_way_out_keeps_the_address_space(string scope, string take, string give) => RowVerdict.Is(RowProgram.Lost(scope, take, give));

    [Theory, MemberData(nameof(Pairs))]
    public Task Every_way_out_gives_the_address_space_back(string scope, string take, string give) => RowVerdict.IsSilent(RowProgram.Right(scope, take, give));

    [Theory, MemberData(nameof(OtherLengths))]
    public Task Another_length_is_given_back(string scope, string take, string give) => RowVerdict.Is(RowProgram.Wrong(scope, take, give));

    [Theory, MemberData(nameof(Looks))]
    public Task Who_only_looks_takes_nothing_over(string scope, string take, string look, string give) => RowVerdict.Is(RowProgram.LostAfter(scope, take, look, give));

    [Theory, MemberData(nameof(Looks))]
    public Task It_is_given_back_after_the_look(string scope, string take, string look, string give) => RowVerdict.IsSilent(RowProgram.InTime(scope, take, look, give));

    [Theory, MemberData(nameof(Exemptions))]
    public Task Nothing_is_counted_after_the_exemption(string scope, string take, string exempt, string give) => RowVerdict.IsSilent(RowProgram.Exempt(scope, take, exempt, give));
}
