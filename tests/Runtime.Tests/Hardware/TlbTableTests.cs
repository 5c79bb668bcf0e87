using MmapAnalyzers.Runtime.Hardware;

namespace MmapAnalyzers.Runtime.Tests.Hardware;

public sealed class TlbTableTests
{
    private const ulong Page = 4096;
    private const ulong There = 0x7000_0000;

    private TlbTable _table = new(context: 1);

    [Fact]
    public void What_was_filled_in_is_found_with_all_bytes_of_its_page()
    {
        _table.Fill(5 * Page, There);

        Assert.Equal(There + (5 * Page), Find(5 * Page));
        Assert.Equal(There + (6 * Page) - 8, Find((6 * Page) - 8));
        Assert.Null(Find((6 * Page) - 7));
        Assert.Null(Find(4 * Page));
    }

    [Fact]
    public void An_empty_table_finds_nothing_not_even_at_address_zero() => Assert.Null(Find(0));

    [Theory]
    [InlineData(1UL << 32)]
    [InlineData(1UL << 44)]
    [InlineData(0xFFFF_F000_0000_0000)]
    public void An_address_with_more_bits_is_another_one(ulong more)
    {
        _table.Fill(5 * Page, There);

        Assert.Null(Find(more + (5 * Page)));
    }

    [Fact]
    public void A_table_that_grows_forgets_nothing()
    {
        for (ulong round = 0; round < 8; round++)
            FillPages(1000);

        Assert.All(Enumerable.Range(0, 1000), page => Assert.NotNull(Find((ulong)page * Page)));
    }

    [Fact]
    public void A_table_that_grows_takes_nothing_over_that_was_forgotten()
    {
        FillPages(64);
        _table.Renew();
        for (ulong round = 0; round < 40; round++)
        {
            _table.Fill(100 * Page, There);
            _table.Fill((100 + 64) * Page, There);
        }

        Assert.NotNull(Find(100 * Page));
        Assert.NotNull(Find((100 + 64) * Page));
        Assert.Null(Find(5 * Page));
    }

    [Fact]
    public void The_key_is_another_one_when_all_was_forgotten()
    {
        _table.Fill(5 * Page, There);
        ulong key = _table.Key;

        _table.Renew();

        Assert.NotEqual(key, _table.Key);
        Assert.Null(Find(5 * Page));
    }

    [Fact]
    public void Nothing_comes_back_when_the_contexts_begin_anew()
    {
        _table.Fill(5 * Page, There);
        ulong first = _table.Key;
        TlbTable worn = new(context: uint.MaxValue);
        worn.Fill(5 * Page, There);
        _table = worn;

        _table.Renew();

        Assert.Equal(first, _table.Key);
        Assert.Null(Find(5 * Page));
    }

    private void FillPages(int count)
    {
        for (ulong page = 0; page < (ulong)count; page++)
        {
            if (Find(page * Page) is null)
                _table.Fill(page * Page, There);
        }
    }

    private ulong? Find(ulong address) => _table.Try(_table.Key, address, sizeof(ulong), out nuint host) ? host : null;
}
