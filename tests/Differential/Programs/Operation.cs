using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Differential.Programs;

/// <summary>One step of a program. Addresses are bytes from the start of the arena; its text is the C# that makes it.</summary>
internal abstract record Operation
{
    public abstract override string ToString();

    protected static string Hex(ulong value) => $"0x{value:X}";

    protected static string Flags<T>(T value)
        where T : struct, Enum => string.Join(" | ", value.ToString().Split(", ").Select(name => $"{typeof(T).Name}.{name}"));
}

/// <summary><c>mmap</c> by the first process.</summary>
internal sealed record Map(ulong At, ulong Length, Protection Protection, MapFlags Kind, FileKind File, ulong Offset) : Operation
{
    public override string ToString() => $"new Map({Hex(At)}, {Hex(Length)}, {Flags(Protection)}, {Flags(Kind)}, FileKind.{File}, {Hex(Offset)})";
}

/// <summary><c>munmap</c> by the first process.</summary>
internal sealed record Unmap(ulong At, ulong Length) : Operation
{
    public override string ToString() => $"new Unmap({Hex(At)}, {Hex(Length)})";
}

/// <summary><c>mprotect</c> by the first process.</summary>
internal sealed record Protect(ulong At, ulong Length, Protection Protection) : Operation
{
    public override string ToString() => $"new Protect({Hex(At)}, {Hex(Length)}, {Text})";

    private string Text => Protection <= (Protection.ReadWrite | Protection.Exec) ? Flags(Protection) : $"(Protection){(int)Protection}";
}

/// <summary><c>mremap</c> by the first process.</summary>
internal sealed record Remap(ulong At, ulong OldLength, ulong NewLength, MremapFlags Kind) : Operation
{
    public override string ToString() => $"new Remap({Hex(At)}, {Hex(OldLength)}, {Hex(NewLength)}, {Flags(Kind)})";
}

/// <summary>A load of eight bytes; process 0 is the first one, the others are its children.</summary>
internal sealed record Read(int Who, ulong At) : Operation
{
    public override string ToString() => $"new Read({Who}, {Hex(At)})";
}

/// <summary>A store of eight bytes.</summary>
internal sealed record Write(int Who, ulong At, ulong Value) : Operation
{
    public override string ToString() => $"new Write({Who}, {Hex(At)}, {Hex(Value)})";
}

/// <summary><c>fork</c> by the first process; nothing when there are as many children as there may be.</summary>
internal sealed record Fork : Operation
{
    public override string ToString() => "new Fork()";
}

/// <summary><c>exit</c> of a child; nothing when it does not live.</summary>
internal sealed record Exit(int Who) : Operation
{
    public override string ToString() => $"new Exit({Who})";
}
