using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Balances;

/// <summary>A trader's balance. A part that could not be read is missing, never zero (rule B1).</summary>
/// <param name="Address">Whose it is.</param>
/// <param name="Perps">The perpetuals account.</param>
/// <param name="Spot">The spot account; null when it could not be read.</param>
public sealed record Balance(WalletAddress Address, PerpAccount Perps, SpotAccount? Spot)
{
    /// <summary>The names of the parts that could not be read.</summary>
    public IReadOnlyList<string> Missing => Spot is null ? ["spot"] : [];

    /// <summary>Positions' notional over account value; 0 when the account holds nothing (rule B2).</summary>
    public decimal Leverage => Share(Perps.Notional);

    /// <summary>Margin used as a percentage of account value; 0 when the account holds nothing (rule B2).</summary>
    public decimal MarginUsagePercent => Share(Perps.MarginUsed) * 100;

    private decimal Share(decimal amount) => Perps.AccountValue > 0 ? amount / Perps.AccountValue : 0;
}
