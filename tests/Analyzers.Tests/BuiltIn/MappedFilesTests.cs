namespace MmapAnalyzers.Tests.BuiltIn;

public sealed class MappedFilesTests
{
    /// <summary>What is in scope, what takes, what gives back.</summary>
    public static TheoryData<string, string, string> Pairs => new()
    {
        { "string path", "MemoryMappedFile file = [|MemoryMappedFile.CreateFromFile(path)|];", "file.Dispose();" },
        { "string name", "MemoryMappedFile file = [|MemoryMappedFile.CreateNew(name, 16)|];", "file.Dispose();" },
        { "string name", "MemoryMappedFile file = [|MemoryMappedFile.CreateOrOpen(name, 16)|];", "file.Dispose();" },
        { "string name", "MemoryMappedFile file = [|MemoryMappedFile.OpenExisting(name)|];", "file.Dispose();" },
        { "MemoryMappedFile file", "MemoryMappedViewAccessor view = [|file.CreateViewAccessor()|];", "view.Dispose();" },
        { "MemoryMappedFile file", "MemoryMappedViewAccessor view = [|file.CreateViewAccessor(0, 16)|];", "view.Dispose();" },
        { "MemoryMappedFile file", "MemoryMappedViewStream view = [|file.CreateViewStream()|];", "view.Dispose();" },
        { "MemoryMappedFile file", "MemoryMappedViewStream view = [|file.CreateViewStream(0, 16)|];", "view.Close();" },
        { "MemoryMappedFile file", "MemoryMappedViewStream view = [|file.CreateViewStream()|];", "await view.DisposeAsync();" },
    };

    [Theory, MemberData(nameof(Pairs))]
    public Task One_way_out_keeps_the_file_mapped(string scope, string take, string give) => RowVerdict.Is(RowProgram.Lost(scope, take, give));

    [Theory, MemberData(nameof(Pairs))]
    public Task Every_way_out_unmaps_the_file(string scope, string take, string give) => RowVerdict.IsSilent(RowProgram.Right(scope, take, give));
}
