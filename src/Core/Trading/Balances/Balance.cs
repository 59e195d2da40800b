using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Balances;

/// <summary>
/// A trader's balance by the mode of the account (rules B4 and B5). Amounts are in US dollars; one that needs a part which could not be read is null,
/// never zero (rule B1).
/// </summary>
public sealed class Balance
{
    /// <summary>Makes a balance of what was read.</summary>
    public Balance(AccountParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        Parts = parts;
        Values = new Valuation(parts);
        IsUnified = AccountForm.Of(parts, Values);
        Total = AccountForm.TotalOf(IsUnified, Values);
        Missing = [.. parts.Missing.Concat(Unknown()).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>What was read.</summary>
    public AccountParts Parts { get; }

    /// <summary>What the parts are worth.</summary>
    public Valuation Values { get; }

    /// <summary>Whether all money lies on spot; null when neither the mode nor the figures tell.</summary>
    public bool? IsUnified { get; }

    /// <summary>Whether the figures speak against the mode that they were counted by, which the trader may have changed meanwhile (rule B6).</summary>
    public bool IsDoubtful => Contradiction.In(this);

    /// <summary>What the trader trades with: perpetuals and spot. Days are measured by it.</summary>
    public decimal? Total { get; }

    /// <summary>The total with what is staked and what lies in vaults.</summary>
    public decimal? NetWorth => Total + Values.Staking + Values.Vaults;

    /// <summary>What new positions and orders could use.</summary>
    public decimal? Spendable => IsUnified switch
    {
        true => Values.FreeCollateral,

        // Resting orders hold margin too, which the exchange takes off what could be withdrawn, and off nothing else that it states.
        false => SumOfPerps(account => Math.Max(0, Math.Min(account.AccountValue - account.MarginUsed, account.Withdrawable))) + Values.FreeCollateral,
        null => null,
    };

    /// <summary>What could be taken out now.</summary>
    public decimal? Withdrawable => IsUnified switch
    {
        true => Values.WithdrawableCollateral,
        false => SumOfPerps(account => account.Withdrawable) + Values.WithdrawableCollateral,
        null => null,
    };

    /// <summary>The total less what the exchange itself says; null when one of them is unknown.</summary>
    public decimal? DifferenceToStated => Total - Parts.Stated?.Value?.Value;

    /// <summary>The names of what could not be read or told.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Whether something is missing.</summary>
    public bool IsPartial => Missing.Count > 0;

    /// <summary>The open positions everywhere, the main exchange's first.</summary>
    public IEnumerable<Position> Positions => Parts.Perps.SelectMany(account => account.Positions);

    /// <summary>What the open positions have gained or lost so far.</summary>
    public decimal? UnrealizedPnl => SumOfPerps(account => account.Positions.Sum(position => position.UnrealizedPnl));

    /// <summary>The margin that the open positions hold.</summary>
    public decimal? MarginUsed => SumOfPerps(account => account.MarginUsed);

    /// <summary>What margin is measured against: the whole total where all money is collateral, else the accounts on all exchanges of perpetuals.</summary>
    public decimal? Equity => IsUnified == true ? Total : Values.Perps;

    /// <summary>Positions' notional over equity; 0 when there is none (rule B2).</summary>
    public decimal? Leverage => Share(SumOfPerps(account => account.Notional));

    /// <summary>Margin used as a percentage of equity; 0 when there is none (rule B2).</summary>
    public decimal? MarginUsagePercent => Share(MarginUsed) * 100;

    private decimal? Share(decimal? amount) => Equity is { } equity ? equity > 0 ? amount / equity : 0 : null;

    private decimal? SumOfPerps(Func<PerpAccount, decimal> amount) => !Parts.HasAllPerps
        ? null
        : Parts.Perps.Aggregate((decimal?)0, (sum, account) => sum + Values.Of(account, amount(account)));

    /// <summary>What was read and still has no value: whoever sees an unknown amount is told why.</summary>
    private IEnumerable<string> Unknown()
    {
        if (Total is null)
        {
            yield return "total";
        }

        if (IsUnified is null)
        {
            yield return "mode";
        }

        foreach (var account in Parts.Perps.Where(account => Values.Of(account, account.AccountValue) is null))
        {
            yield return $"perps:{account.Dex}";
        }

        if (Parts.Staking is not null && Values.Staking is null)
        {
            yield return "staking";
        }
    }
}
