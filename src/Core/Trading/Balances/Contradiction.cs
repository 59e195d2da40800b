using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Balances;

/// <summary>
/// Whether an account's figures speak against the mode by which they were counted. A trader may change the mode at any moment, and figures of the new one
/// counted by the old one are wrong; so a doubt is reason enough to ask again (rule B6).
/// </summary>
internal static class Contradiction
{
    /// <summary>Whether the mode should be asked again before this balance is believed.</summary>
    public static bool In(Balance balance)
    {
        var (parts, values) = (balance.Parts, balance.Values);
        return balance.IsUnified is { } isUnified
            && ((parts.Spot?.IsPortfolioMargin is { } isPortfolio && isPortfolio != (parts.Mode == AccountMode.PortfolioMargin))
                || (AccountForm.FromStatedValue(parts, values) is { } told && told != isUnified)
                || (isUnified && parts.Mode == AccountMode.Default && parts.RememberedForm != true)
                || (isUnified ? LooksSeparate(balance) : LooksUnified(balance)));
    }

    /// <summary>In a unified account spot holds the margin of all positions, and perpetuals show that part of it with its profit.</summary>
    private static bool LooksUnified(Balance balance)
    {
        var shown = balance.Values.Perps - balance.UnrealizedPnl;
        return shown > 0 && balance.MarginUsed > 0 && shown <= balance.Values.HeldCollateral;
    }

    /// <summary>Spot cannot hold the money of perpetuals that are worth more than all of it, nor of positions for which it holds nothing.</summary>
    private static bool LooksSeparate(Balance balance) =>
        balance.Values.Perps > balance.Values.Collateral + Math.Max(0, balance.UnrealizedPnl ?? 0)
        || (balance.MarginUsed > 0 && balance.Values.HeldCollateral == 0);
}
