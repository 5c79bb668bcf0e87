using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace MmapAnalyzers.Symbols;

/// <summary>Where identifiers stand in a file: a look at the characters, which costs next to nothing beside parsing or binding them. Made once per file.</summary>
/// <remarks>Words in comments and strings are found as well, and two words may share a hash: it only decides where to look.</remarks>
internal sealed class IdentifierIndex
{
    private static readonly ConditionalWeakTable<SyntaxTree, IdentifierIndex> ByTree = new();

    private readonly int[] _hashes;
    private readonly int[] _positions;

    private IdentifierIndex(int[] hashes, int[] positions) => (_hashes, _positions) = (hashes, positions);

    public static IdentifierIndex Of(SyntaxTree tree) => ByTree.GetValue(tree, static tree => Scan(tree));

    public static int HashOf(string name)
    {
        var hash = Seed;
        foreach (var letter in name)
        {
            hash = Add(hash, letter);
        }

        return hash;
    }

    /// <summary>The positions of the identifiers with one of the hashes, in order.</summary>
    public int[] PositionsOf(HashSet<int> hashes)
    {
        var found = new List<int>();
        for (var index = 0; index < _hashes.Length; index++)
        {
            if (hashes.Contains(_hashes[index]))
            {
                found.Add(_positions[index]);
            }
        }

        return [.. found];
    }

    private const int Seed = unchecked((int)2166136261);

    private static int Add(int hash, char letter) => unchecked((hash ^ letter) * 16777619);

    private static IdentifierIndex Scan(SyntaxTree tree)
    {
        var text = tree.GetText();
        var hashes = new List<int>();
        var positions = new List<int>();
        var buffer = new char[Math.Min(text.Length, 1 << 14)];
        var (start, hash) = (-1, Seed);
        for (var offset = 0; offset < text.Length; offset += buffer.Length)
        {
            var count = Math.Min(buffer.Length, text.Length - offset);
            text.CopyTo(offset, buffer, 0, count);
            for (var index = 0; index < count; index++)
            {
                var letter = buffer[index];
                if (letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or (>= '0' and <= '9') || (letter >= 128 && char.IsLetterOrDigit(letter)))
                {
                    start = start < 0 ? offset + index : start;
                    hash = Add(hash, letter);
                }
                else if (start >= 0)
                {
                    hashes.Add(hash);
                    positions.Add(start);
                    (start, hash) = (-1, Seed);
                }
            }
        }

        if (start >= 0)
        {
            hashes.Add(hash);
            positions.Add(start);
        }

        return new IdentifierIndex([.. hashes], [.. positions]);
    }
}
