using MmapAnalyzers.Runtime.Hardware;
using MmapAnalyzers.Runtime.Kernel;
using MmapAnalyzers.Runtime.Memory;
using MmapAnalyzers.Runtime.Tests.Fixtures;
using MmapAnalyzers.Runtime.Vm;

namespace MmapAnalyzers.Runtime.Tests.Verification;

/// <summary>What a violation tells, and how the modes of the sanitizer are chosen.</summary>
public sealed class ViolationTests
{
    [Fact]
    public void The_history_tells_what_happened_to_the_object()
    {
        Violation violation = FreeTwice(traced: false);

        Assert.Equal(["allocated, count 1", "taken, count 2", "given back, count 1", "given back, count 0", "given back, count -1"], violation.History);
    }

    [Fact]
    public void The_history_names_the_code_when_call_sites_are_traced() =>
        Assert.All(FreeTwice(traced: true).History, what => Assert.Contains("ViolationTests.FreeTwice ViolationTests.cs:", what));

    [Fact]
    public void The_history_names_the_method_of_the_driver()
    {
        using var rig = new Rig(new PageDriver(1) { OnOpen = (_, _) => { } });
        rig.MapDevice(0, 1);
        rig.Process.Fork();
        rig.EndProcesses();

        Violation violation = Assert.Single(rig.Machine.Shutdown());

        Assert.Contains("given back in close of module test, count 0", violation.History);
        Assert.StartsWith($"MMAP1002: {violation.Message}", violation.Describe());
        Assert.Contains("  taken in mmap of module test, count 1", violation.Describe());
    }

    [Fact]
    public void A_violation_that_shows_at_shutdown_is_thrown_when_all_has_ended()
    {
        using var machine = new Machine(MachineProfile.I386) { Sanitizer = SanitizerMode.Throw };
        machine.Kernel.Insert(new PageDriver(1) { OnCleanup = driver => driver.Kernel.UnregisterCharDevice(driver.Major, driver.Device) });

        Assert.Equal("MMAP4001", Assert.Throws<SanitizerException>(machine.Shutdown).Violation.RuleId);

        Assert.Empty(machine.Kernel.Modules);
        Assert.Single(machine.Shutdown());
    }

    [Fact]
    public void A_violation_passes_through_a_system_call_and_leaves_the_process_alive()
    {
        using var rig = new Rig(
            new TestDriver
            {
                OnMmap = (driver, _, _) =>
                {
                    KernelAddress page = driver.Kernel.GetFreePage();
                    driver.Kernel.FreePage(page);
                    driver.Kernel.FreePage(page);
                    return Errno.None;
                },
            },
            sanitizer: SanitizerMode.Throw);

        Assert.Equal("MMAP4002", Assert.Throws<SanitizerException>(() => rig.MapDevice(0, 1)).Violation.RuleId);

        Assert.Empty(rig.Kernel.Oopses);
        Assert.True(rig.Process.IsAlive);
        rig.MapMemory(1, 1);
    }

    [Fact]
    public void The_sanitizer_cannot_be_changed_in_the_middle()
    {
        using var machine = new Machine(MachineProfile.I386);
        machine.Kernel.Spawn();

        Assert.Throws<InvalidOperationException>(() => machine.Sanitizer = SanitizerMode.Off);
        Assert.Equal(SanitizerMode.Report, machine.Sanitizer);
    }

    private static Violation FreeTwice(bool traced)
    {
        using var machine = new Machine(MachineProfile.I386) { TraceCallSites = traced };
        KernelAddress page = machine.Kernel.GetFreePage();
        machine.Kernel.GetPage(page);
        machine.Kernel.FreePage(page);
        machine.Kernel.FreePage(page);
        machine.Kernel.FreePage(page);
        return Assert.Single(machine.Violations);
    }
}
