using System.Globalization;
using MmapAnalyzers.Differential.Emulated;
using MmapAnalyzers.Differential.Programs;
using MmapAnalyzers.Differential.Running;
using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Differential.Tests;

public sealed class RandomProgramTests(ITestOutputHelper output)
{
    /// <summary>Chooses other programs, for whoever wants to see them again.</summary>
    private const string SeedVariable = "MMAP_DIFFERENTIAL_SEED";

    private const int Operations = 50_000;

    [Fact]
    public void The_machine_agrees_with_the_kernel_of_this_computer()
    {
        Agreement.NeedsHost();
        int seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        output.WriteLine($"{SeedVariable}={seed}");
        var campaign = new Campaign(Operations, seed);
        campaign.Run(() => { }, TestContext.Current.CancellationToken);
        output.WriteLine(campaign.Summary);
        Assert.True(campaign.Divergences == 0, $"{SeedVariable}={seed}\n{string.Join('\n', campaign.Findings)}\n{campaign.Summary}");
        Assert.Equal(Operations, campaign.Compared);
    }

    [Fact]
    public void The_same_seed_makes_the_same_program()
    {
        Agreement.NeedsHost();
        using var runner = new Runner();
        IEnumerable<string> Text(int seed) => runner.Run(seed, 100, CancellationToken.None).Program.Select(operation => operation.ToString());
        Assert.Equal(Text(5), Text(5));
        Assert.NotEqual(Text(5), Text(6));
    }

    [Fact]
    public void A_driver_that_gives_its_own_page_to_private_writers_is_found_and_the_program_is_shrunk()
    {
        Agreement.NeedsHost();
        using var runner = new Runner(() => new LeakyDevice());
        var campaign = new Campaign(2_000, seed: 1);
        campaign.Run(runner, () => { }, CancellationToken.None);
        Assert.NotEqual(0, campaign.Divergences);
        // A private mapping and a store through it: the machine's own books tell, before another mapping shows the store.
        Assert.Equal(2, campaign.Findings[0].Program.Count);
        Assert.Single(campaign.Findings[0].Program.OfType<Write>());
    }

    [Fact]
    public void Nothing_more_is_run_when_it_is_told_to_stop()
    {
        Agreement.NeedsHost();
        using var stop = new CancellationTokenSource();
        var campaign = new Campaign(1_000_000, seed: 1);
        campaign.Run(stop.Cancel, stop.Token);
        Assert.Equal("200 operations, 0 divergences", campaign.Summary);
    }

    private sealed class LeakyDevice : MemoryDevice
    {
        protected override KernelAddress PrivatePage(KernelAddress page) => SharedPage(page);
    }
}
