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
        Missing = Total is null ? [.. parts.Missing, "total"] : parts.Missing;
    }

    /// <summary>What was read.</summary>
    public AccountParts Parts { get; }

    /// <summary>What the parts are worth.</summary>
    public Valuation Values { get; }

    /// <summary>Whether all money lies on spot; null when neither the mode nor the figures tell.</summary>
    public bool? IsUnified { get; }

    /// <summary>What the trader trades with: perpetuals and spot. Days are measured by it.</summary>
    public decimal? Total { get; }

    /// <summary>The total with what is staked and what lies in vaults.</summary>
    public decimal? NetWorth => Total + Values.Staking + Values.Vaults;

    /// <summary>What new positions and orders could use.</summary>
    public decimal? Spendable => IsUnified switch
    {
        true => Values.FreeCollateral,
        false => SumOfPerps(account => Math.Max(0, account.AccountValue - account.MarginUsed)) + Values.FreeCollateral,
        null => null,
    };

    /// <summary>What could be taken out now.</summary>
    public decimal? Withdrawable => IsUnified switch
    {
        true => Values.FreeCollateral,
        false => SumOfPerps(account => account.Withdrawable) + Values.FreeCollateral,
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

    /// <summary>What margin is measured against: the whole total where all money is collateral, else the main perpetuals account.</summary>
    public decimal? Equity => IsUnified == true ? Total : Parts.MainPerps.AccountValue;

    /// <summary>Positions' notional over equity; 0 when there is none (rule B2).</summary>
    public decimal Leverage => Share(account => account.Notional);

    /// <summary>Margin used as a percentage of equity; 0 when there is none (rule B2).</summary>
    public decimal MarginUsagePercent => Share(account => account.MarginUsed) * 100;

    private decimal Share(Func<PerpAccount, decimal> amount)
    {
        var measured = IsUnified == true ? Parts.Perps : [Parts.MainPerps];
        return Equity > 0 ? measured.Sum(amount) / Equity.Value : 0;
    }

    private decimal? SumOfPerps(Func<PerpAccount, decimal> amount) =>
        Parts.Perps.Aggregate((decimal?)0, (sum, account) => sum + Values.Of(account, amount(account)));
}
