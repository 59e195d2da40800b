using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Balances;

/// <summary>What the parts of an account are worth in US dollars. A value that cannot be known is null, never zero (rule U1).</summary>
public sealed class Valuation
{
    private static readonly Prices NoPrices = new(new Dictionary<string, decimal>(), new Dictionary<int, decimal>(), default);

    private readonly AccountParts parts;
    private readonly Prices prices;

    /// <summary>Values what was read.</summary>
    public Valuation(AccountParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        this.parts = parts;
        prices = parts.Prices ?? NoPrices;
        Spot = ValueSpot();
        Perps = !parts.HasAllPerps ? null : Sum(parts.Perps.Select(account => Of(account, account.AccountValue)));
        Staking = parts.Staking is { } staking ? ValueStaking(staking.Value) : null;
        Vaults = parts.Vaults?.Value.Sum(share => share.Equity);
    }

    /// <summary>The accounts on all exchanges of perpetuals.</summary>
    public decimal? Perps { get; }

    /// <summary>Everything on spot that has a price.</summary>
    public decimal? Spot { get; }

    /// <summary>What is staked.</summary>
    public decimal? Staking { get; }

    /// <summary>The shares in vaults.</summary>
    public decimal? Vaults { get; }

    /// <summary>The spot holdings that nobody prices: they are counted nowhere.</summary>
    public IReadOnlyList<string> Unpriced => parts.Prices is null
        ? []
        : parts.Spot?.Balances.Where(balance => balance.Total != 0 && prices.Of(balance) is null).Select(balance => balance.Coin).ToList() ?? [];

    /// <summary>What one spot holding is worth.</summary>
    public decimal? Of(SpotBalance balance)
    {
        ArgumentNullException.ThrowIfNull(balance);
        return balance.Total * prices.Of(balance);
    }

    /// <summary>An amount of a perpetuals account, which is kept in that exchange's collateral.</summary>
    public decimal? Of(PerpAccount account, decimal amount)
    {
        ArgumentNullException.ThrowIfNull(account);
        return amount == 0 ? 0 : amount * PriceOfToken(CollateralOf(account));
    }

    /// <summary>All spot balances that serve as collateral of perpetuals.</summary>
    public decimal? Collateral => SumOfCollateral(balance => balance.Total);

    /// <summary>The part of them that orders and positions hold.</summary>
    public decimal? HeldCollateral => SumOfCollateral(balance => balance.Hold);

    /// <summary>The part of them that new positions and orders could use.</summary>
    public decimal? FreeCollateral => SumOfCollateral(balance => FreeOf(balance, balance.Hold));

    /// <summary>The part of them that could be taken out: what is only free because it can be borrowed cannot.</summary>
    public decimal? WithdrawableCollateral => SumOfCollateral(balance => FreeOf(balance, Math.Max(balance.Hold, balance.OwnHold ?? 0)));

    private decimal FreeOf(SpotBalance balance, decimal hold)
    {
        var free = balance.Total - hold;
        return Math.Max(0, balance.Token is { } token && parts.Spot!.AvailableAfterMaintenance.TryGetValue(token, out var available)
            ? Math.Min(free, available)
            : free);
    }

    private decimal? SumOfCollateral(Func<SpotBalance, decimal> amount) => parts.Spot is not { } spot
        ? null
        : Sum(spot.Balances
            .Select(balance => (Balance: balance, Amount: amount(balance)))
            .Where(part => part.Amount != 0)
            .Select(part => IsCollateral(part.Balance) switch
            {
                true => part.Amount * prices.Of(part.Balance),
                false => 0,
                null => null,
            }));

    private static decimal? Sum(IEnumerable<decimal?> values) => values.Aggregate((decimal?)0, (sum, value) => sum + value);

    private decimal? ValueSpot()
    {
        if (parts.Spot is not { } spot)
        {
            return null;
        }

        // Without any prices, what has none is unknown; with them, a coin that nobody trades is worth nothing that could be counted.
        var held = spot.Balances.Where(balance => balance.Total != 0).ToList();
        return parts.Prices is null ? Sum(held.Select(Of)) : held.Sum(balance => Of(balance) ?? 0);
    }

    private decimal? ValueStaking(Staking staking) =>
        staking.Total == 0 ? 0 : staking.Total * (prices.Markets.TryGetValue("HYPE", out var price) ? price : prices.OfToken("HYPE"));

    private int? CollateralOf(PerpAccount account) =>
        account.Dex == PerpDex.Main ? Prices.DollarsToken : parts.Dexes.FirstOrDefault(dex => dex.Name == account.Dex)?.CollateralToken;

    /// <summary>Null for a token of which nobody can say, because the exchanges of perpetuals could not be read.</summary>
    private bool? IsCollateral(SpotBalance balance) =>
        balance.IsDollars ? true
        : balance.Token is not { } token ? false
        : parts.Dexes.Count == 0 ? null
        : parts.Dexes.Any(dex => dex.CollateralToken == token);

    private decimal? PriceOfToken(int? token) => token is { } number ? prices.OfToken(number) : null;
}
