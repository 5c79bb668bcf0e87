using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Fixtures;

/// <summary>A process that does random things and knows what each of its pages must hold, whatever others do at the same time.</summary>
internal sealed class Walker
{
    private const int Pages = 12;

    /// <summary>Where things are, in pages from <see cref="Rig.Base"/>: far above what the kernel chooses by itself.</summary>
    private const int PrivatePages = 100_000;

    private const int SharedPage = 110_000;
    private const int DevicePage = 110_001;

    private readonly Rig _rig;
    private readonly Process _process;
    private readonly Random _random;
    private readonly int _index;
    private readonly int?[] _values = new int?[Pages];
    private readonly int[] _seen;
    private int _stored;

    /// <param name="rig">The machine; its driver has a page.</param>
    /// <param name="process">The process that walks, alone on its thread. Walkers may share an address space: each has pages of its own.</param>
    /// <param name="segment">The segment of shared memory in which each walker has a number of its own.</param>
    /// <param name="index">Which of the walkers this is.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="seed">For what it does.</param>
    public Walker(Rig rig, Process process, int segment, int index, int count, int seed)
    {
        (_rig, _process, _index, _random) = (rig, process, index, new Random(seed + index));
        _seen = new int[count];
        if (process.AddressSpace.FindArea(Rig.At(SharedPage)) is not null)
            return;
        process.Shmat(segment, Rig.At(SharedPage));
        rig.MapDevice(DevicePage, 1, by: process);
    }

    public void Walk(int steps)
    {
        for (int step = 0; step < steps; step++)
            Step(_random.Next(Pages));
        for (int page = 0; page < Pages; page++)
            Check(_process, page);
    }

    private void Step(int page)
    {
        switch (_random.Next(12))
        {
            case 0:
                _process.Munmap(At(page), Rig.Page);
                _values[page] = null;
                break;
            case 1:
                ForkChild(page);
                break;
            case 2:
                Move();
                break;
            case 3:
                _rig.Kernel.FreePagesByStealing(_random.Next(4));
                break;
            case 4:
                _process.Load<int>(Rig.At(DevicePage));
                break;
            case 5 or 6 or 7:
                Count();
                break;
            case 8 or 9:
                Check(_process, page);
                break;
            default:
                Store(page);
                break;
        }
    }

    private int Place(int page) => PrivatePages + (_index * Pages) + page;

    private UserAddress At(int page) => Rig.At(Place(page));

    private void Store(int page)
    {
        if (_values[page] is null)
            _rig.MapMemory(Place(page), 1, by: _process);
        _values[page] = _random.Next();
        _process.Store(At(page) + (ulong)(_random.Next(2) * 4), 0);
        _process.Store(At(page), _values[page]!.Value);
    }

    private void Check(Process process, int page)
    {
        if (_values[page] is { } value)
            Assert.Equal(value, process.Load<int>(At(page)));
    }

    /// <summary>A child has what its parent had, and what it stores is its own.</summary>
    private void ForkChild(int page)
    {
        Process child = _process.Fork();
        if (_values[page] is not null)
        {
            Check(child, page);
            child.Store(At(page), -1);
            Check(_process, page);
        }

        child.Exit();
    }

    /// <summary>What is moved arrives.</summary>
    private void Move()
    {
        int value = _random.Next();
        UserAddress at = _process.Mmap(2 * Rig.Page, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous);
        _process.Store(at + Rig.Page, value);
        at = _process.Mremap(at, 2 * Rig.Page, 5 * Rig.Page, MremapFlags.MayMove);
        Assert.Equal(value, _process.Load<int>(at + Rig.Page));
        _process.Munmap(at, 5 * Rig.Page);
    }

    /// <summary>Nobody else changes this walker's number, and those of others only grow.</summary>
    private void Count()
    {
        Assert.Equal(_stored, _process.Load<int>(SlotOf(_index)));
        _process.Store(SlotOf(_index), ++_stored);
        int other = _random.Next(_seen.Length);
        int now = _process.Load<int>(SlotOf(other));
        Assert.True(now >= _seen[other], $"The number of walker {other} was {_seen[other]} and is {now}.");
        _seen[other] = now;
    }

    private static UserAddress SlotOf(int index) => Rig.At(SharedPage) + (ulong)(index * sizeof(int));
}
