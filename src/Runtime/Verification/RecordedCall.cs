using System.Globalization;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Verification;

/// <summary>A call of a process as a trace has it.</summary>
internal sealed class RecordedCall
{
    private readonly int _pid;
    private readonly string _name;
    private readonly string[] _words;
    private readonly string _bytes;

    private RecordedCall(int pid, string name, string[] words, string bytes) => (_pid, _name, _words, _bytes) = (pid, name, words, bytes);

    /// <summary>Reads the line of a call; null when the line is none.</summary>
    public static RecordedCall? Parse(string line, string bytes)
    {
        string[] words = line.Split(' ');
        bool isCall = words.Length > 2 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return isCall ? new RecordedCall(int.Parse(words[0], CultureInfo.InvariantCulture), words[1], words[2..], bytes) : null;
    }

    /// <summary>Does it again. What comes of it is in the machine's own trace; a process that is not there does nothing.</summary>
    public void Perform(LinuxKernel kernel)
    {
        try
        {
            if (_pid == 0)
                PerformByMachine(kernel);
            else if (kernel.Processes.FirstOrDefault(process => process.Pid == _pid) is { } process)
                PerformBy(process);
        }
        catch (SignalException)
        {
            // The trace says which, and the process may handle it.
        }
    }

    private void PerformByMachine(LinuxKernel kernel)
    {
        switch (_name)
        {
            case "spawn":
                kernel.Spawn();
                break;
            case "freepagesbystealing":
                kernel.FreePagesByStealing(Number(0));
                break;
            case "remove" when kernel.Modules.FirstOrDefault(module => module.Name == Text(0)) is { } module:
                kernel.Remove(module);
                break;
        }
    }

    private void PerformBy(Process process)
    {
        switch (_name)
        {
            case "load":
                process.Transfer(Length(0), new byte[Number(1)], Access.Load);
                break;
            case "fetch":
                process.Transfer(Length(0), new byte[Number(1)], Access.Fetch);
                break;
            case "store":
                process.StoreBytes(Length(0), Convert.FromHexString(_bytes));
                break;
            case "exit":
                process.Exit();
                break;
            default:
                CallKernel(process);
                break;
        }
    }

    private long CallKernel(Process process) => _name switch
    {
        "mmap" => process.SysMmap(Address(0), Length(1), Value<Protection>(2), Value<MapFlags>(3), Number(4), Length(5)),
        "munmap" => process.SysMunmap(Address(0), Length(1)),
        "mremap" => process.SysMremap(Address(0), Length(1), Length(2), Value<MremapFlags>(3)),
        "mprotect" => process.SysMprotect(Address(0), Length(1), Value<Protection>(2)),
        "msync" => process.SysMsync(Address(0), Length(1), Value<MsyncFlags>(2)),
        "mlock" => process.SysMlock(Address(0), Length(1)),
        "munlock" => process.SysMunlock(Address(0), Length(1)),
        "mlockall" => process.SysMlockall(Value<MlockallFlags>(0)),
        "munlockall" => process.SysMunlockall(),
        "brk" => process.SysBrk(new UserAddress(Length(0))),
        "fork" => process.SysFork(),
        "clone" => process.SysClone(Value<CloneFlags>(0)),
        "exec" => process.SysExec(),
        "open" => process.SysOpen(Text(0), Value<OpenFlags>(1)),
        "close" => process.SysClose(Number(0)),
        "pipe" => process.SysPipe(out _, out _),
        "read" => process.SysRead(Number(0), Address(1), Length(2)),
        "write" => process.SysWrite(Number(0), Address(1), Length(2)),
        "lseek" => process.SysLseek(Number(0), Position(1), Value<SeekWhence>(2)),
        "ioctl" => process.SysIoctl(Number(0), (uint)Position(1), Length(2)),
        "fsync" => process.SysFsync(Number(0)),
        "truncate" => process.SysTruncate(Text(0), Length(1)),
        "ftruncate" => process.SysFtruncate(Number(0), Length(1)),
        "shmget" => process.SysShmget(Number(0), Length(1), Value<ShmFlags>(2)),
        "shmat" => process.SysShmat(Number(0), Address(1), Value<ShmFlags>(2)),
        "shmdt" => process.SysShmdt(Address(0)),
        "shmctl" => process.SysShmctl(Number(0), Value<ShmCommand>(1)),
        _ => throw new FormatException($"The trace has a call that cannot be replayed: {_name}."),
    };

    private UserAddress Address(int index) => new(Length(index));

    private ulong Length(int index) => ulong.Parse(_words[index], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private int Number(int index) => (int)Position(index);

    private long Position(int index) => long.Parse(_words[index], CultureInfo.InvariantCulture);

    private string Text(int index) => TraceFormat.Text(_words[index]);

    private T Value<T>(int index)
        where T : struct, Enum => Enum.Parse<T>(_words[index].Replace('|', ','));
}
