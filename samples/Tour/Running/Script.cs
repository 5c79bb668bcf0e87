using MmapAnalyzers.Runtime;
using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Vm;

namespace Tour.Running;

/// <summary>A machine with one driver on it, and a record of what is done to it.</summary>
internal sealed class Script : IDisposable
{
    public const ulong Page = 4096;

    private readonly List<Step> _steps = [];

    public Script(KernelModule driver)
    {
        Driver = driver;
        Told("insmod", Told(Kernel.Insert(driver)), Kernel.Modules.Count == 0);
    }

    public Machine Machine { get; } = new(MachineProfile.I386);

    public LinuxKernel Kernel => Machine.Kernel;

    public KernelModule Driver { get; }

    /// <summary>Records a step.</summary>
    public void Told(string action, string outcome, bool isWrong = false) => _steps.Add(new Step(action, outcome, isWrong));

    /// <summary>Records a step after which the use count should have a certain value.</summary>
    public void Counted(string action, int expected) => Told(action, $"use count {Driver.UseCount}", Driver.UseCount != expected);

    /// <summary>Does something that a signal or an oops may end.</summary>
    public void Try(string action, Func<string> outcome)
    {
        try
        {
            Told(action, outcome());
        }
        catch (SignalException signal)
        {
            Told(action, signal.Oops is { } oops ? $"{signal.Signal}. {oops}" : $"{signal.Signal} at {signal.Address}", isWrong: true);
        }
    }

    /// <summary>Lets a process exit; an oops on the way is recorded by the kernel only.</summary>
    public void Exit(string name, Process process, int? expectedUse = null)
    {
        var before = Kernel.Oopses.Count;
        process.Exit();
        if (Kernel.Oopses.Count > before)
            Told($"{name}: exit", Kernel.Oopses[^1].ToString(), isWrong: true);
        else if (expectedUse is { } expected)
            Counted($"{name}: exit", expected);
        else
            Told($"{name}: exit", "done");
    }

    /// <summary>Tries to remove the module.</summary>
    public void Remove(Errno expected)
    {
        var count = Driver.UseCount;
        var error = Kernel.Remove(Driver);
        var remark = (expected, error) switch
        {
            (Errno.EBUSY, Errno.None) => ", although it is still mapped",
            (Errno.None, Errno.EBUSY) => $", for ever: use count {count} and nobody uses it",
            (_, Errno.EBUSY) => $", use count {count}",
            _ => "",
        };
        Told("rmmod", Told(error) + remark, error != expected);
    }

    /// <summary>Shuts the machine down and closes the record.</summary>
    public Run Finish()
    {
        var violations = Machine.Shutdown();
        return new Run(_steps, violations);
    }

    public void Dispose() => Machine.Dispose();

    private static string Told(Errno error) => error == Errno.None ? "done" : error.ToString();
}
