using System.Runtime.InteropServices;
using MmapAnalyzers.Differential.Comparing;
using MmapAnalyzers.Differential.Programs;
using MmapAnalyzers.Runtime.Vm;
using MmapAnalyzers.Testing;

namespace MmapAnalyzers.Differential.Host;

/// <summary>The Linux that this process runs on, in a reserved range of this process, with a file in memory for the device.</summary>
/// <remarks>Nothing is touched by an instruction: the kernel is asked to read and write, and it says no where an instruction would earn a signal.</remarks>
internal sealed class HostSide : ISide, IDisposable
{
    private readonly HostProcess?[] _processes = new HostProcess?[Arena.Processes];
    private readonly HostKernel.MemoryPiece[] _pages = new HostKernel.MemoryPiece[Arena.Pages];
    private readonly HostKernel.MemoryPiece[] _places = new HostKernel.MemoryPiece[Arena.Pages];
    private readonly byte[] _copy = GC.AllocateUninitializedArray<byte>((int)Arena.Size, pinned: true);
    private readonly SpaceView _view = new();
    private readonly byte[] _device = new byte[Arena.DeviceSize];
    private readonly int[] _files = new int[4];

    public HostSide()
    {
        Reserve();
        _processes[0] = HostProcess.Self();
        _files[(int)FileKind.None] = -1;
        int file = HostKernel.CreateMemoryFile("device", Arena.DeviceSize);
        _files[(int)FileKind.ReadWrite] = file;
        _files[(int)FileKind.ReadOnly] = (int)HostKernel.Must("open", HostKernel.Open($"/proc/self/fd/{file}", 0));
        _files[(int)FileKind.WriteOnly] = (int)HostKernel.Must("open", HostKernel.Open($"/proc/self/fd/{file}", 1));
        Arena.FillDevice(_device);
        Start();
    }

    /// <summary>Makes everything as it is when a program starts.</summary>
    public void Start()
    {
        for (int who = 1; who < Arena.Processes; who++)
            Exit(who);
        HostKernel.Must("munmap", HostKernel.Munmap(Arena.Start, Arena.Size));
        HostKernel.Must("write", HostKernel.WriteAt(_files[(int)FileKind.ReadWrite], _device, 0));
        HostKernel.Must("mmap", HostKernel.Mmap(Arena.End, Arena.PageSize, 0, HostKernel.MapShared | HostKernel.MapFixed, _files[(int)FileKind.ReadWrite], (long)Arena.GuardOffset));
    }

    public Outcome Map(ulong address, ulong length, Protection protection, MapFlags flags, FileKind file, ulong offset) =>
        new(HostKernel.Mmap(address, length, (int)protection, (int)flags, _files[(int)file], (long)offset));

    public Outcome Unmap(ulong address, ulong length) => new(HostKernel.Munmap(address, length));

    public Outcome Protect(ulong address, ulong length, Protection protection) => new(HostKernel.Mprotect(address, length, (int)protection));

    public Outcome Remap(ulong address, ulong oldLength, ulong newLength, MremapFlags flags) =>
        new(HostKernel.Mremap(address, oldLength, newLength, (int)flags));

    /// <summary>Brings a mapping that the host moved somewhere to the place where the other side has it.</summary>
    public void Bring(ulong from, ulong length, ulong to) =>
        HostKernel.Must("mremap", HostKernel.Mremap(from, length, length, HostKernel.MremapMayMove | HostKernel.MremapFixed, to));

    public Outcome Read(int who, ulong address) =>
        HostKernel.ReadMemory(Pid(who), address, out ulong value) == sizeof(ulong) ? new Outcome(0, Value: value) : Refused(who, address, Protection.Read);

    public Outcome Write(int who, ulong address, ulong value) =>
        HostKernel.WriteMemory(Pid(who), address, value) == sizeof(ulong) ? new Outcome(0) : Refused(who, address, Protection.Write);

    public Outcome Fork(int who)
    {
        _processes[who] = HostProcess.Fork();
        return new Outcome(0);
    }

    public Outcome Exit(int who)
    {
        _processes[who]?.Dispose();
        _processes[who] = null;
        return new Outcome(0);
    }

    public void List(int who, SpaceView view) => _processes[who]!.Maps.Read(view);

    /// <summary>Copies every readable page of a process. It changes nothing that a program could see.</summary>
    /// <returns>The arena; what lies in it where no page is readable means nothing.</returns>
    public ReadOnlySpan<byte> Copy(int who, SpaceView view)
    {
        int count = 0;
        nuint buffer = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(_copy, 0);
        for (int i = 0; i < Arena.Pages; i++)
        {
            if (!view.Pages[i].IsReadable)
                continue;
            nuint place = (nuint)i * (nuint)Arena.PageSize;
            _places[count] = new HostKernel.MemoryPiece(buffer + place, (nuint)Arena.PageSize);
            _pages[count++] = new HostKernel.MemoryPiece((nuint)Arena.Start + place, (nuint)Arena.PageSize);
        }

        long read = count == 0 ? 0 : HostKernel.ReadMemory(Pid(who), _places.AsSpan(0, count), _pages.AsSpan(0, count));
        return read == count * (long)Arena.PageSize
            ? _copy
            : throw new InvalidOperationException($"The host's listing says that {count} pages can be read, but {read} bytes came.");
    }

    public void Dispose()
    {
        foreach (HostProcess? process in _processes)
            process?.Dispose();
        foreach (int file in _files.Where(file => file >= 0))
            HostKernel.Close(file);
        HostKernel.Munmap(Arena.Start, Arena.Size + Arena.PageSize);
    }

    private static void Reserve()
    {
        ulong size = Arena.Size + Arena.PageSize;
        long at = HostKernel.Mmap(Arena.Start, size, 0, HostKernel.MapPrivate | HostKernel.MapAnonymous | HostKernel.MapFixedNoReplace, -1, 0);
        if (at != (long)Arena.Start)
            throw new InvalidOperationException($"Something of this process lies at {Arena.Start:x}, where the arena belongs.");
    }

    private int Pid(int who) => _processes[who]!.Pid;

    /// <summary>The signal for an access that the kernel refused: the listing tells whether there was an area for it.</summary>
    private Outcome Refused(int who, ulong address, Protection access)
    {
        List(who, _view);
        return Outcome.Of(_view.At(address).Allows(access) ? Signal.SIGBUS : Signal.SIGSEGV);
    }
}
