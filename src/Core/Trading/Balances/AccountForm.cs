using NodaTime;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Core.Trading.Balances;

/// <summary>
/// Where an account's money lies. Counting perpetuals and spot together counts a unified account twice, counting spot alone loses the perpetuals of a
/// separate one. The exchange's own figure of the account's worth is older than what is read, so it decides only where it fits to the cent (rule B5).
/// </summary>
internal static class AccountForm
{
    private const decimal Cent = 0.01m;

    private static readonly Duration Fresh = Duration.FromMinutes(5);

    /// <summary>Whether all money lies on spot; null when nothing tells.</summary>
    public static bool? Of(AccountParts parts, Valuation values) =>
        parts.Mode?.IsUnified
        ?? FromFreshValue(parts, values)
        ?? parts.RememberedForm
        ?? (parts.Mode == AccountMode.Default ? false : WhereItMakesNoDifference(values));

    /// <summary>The form whose total is what the exchange has just stated; null when that is old, fits none of them, or fits both.</summary>
    public static bool? FromFreshValue(AccountParts parts, Valuation values) => IsFresh(parts) ? FromStatedValue(parts, values) : null;

    /// <summary>The same of a figure of any age.</summary>
    public static bool? FromStatedValue(AccountParts parts, Valuation values)
    {
        if (values.Spot is not { } spot || values.Perps is not { } perps || parts is not { Stated.Value: { } stated, HasMovedSinceStated: false })
        {
            return null;
        }

        return (Fits(spot), Fits(spot + perps)) switch
        {
            (true, false) => true,
            (false, true) => false,
            _ => null,
        };

        // Whether vaults and staking are in the exchange's figure is not documented, so each way counts.
        bool Fits(decimal total)
        {
            var withVaults = total + (values.Vaults ?? 0);
            return new[] { total, withVaults, withVaults + (values.Staking ?? 0) }.Any(candidate => Math.Abs(candidate - stated.Value) < Cent);
        }
    }

    /// <summary>Whether what the exchange states was so just before the reading, of what is held now.</summary>
    public static bool IsFresh(AccountParts parts) =>
        parts is { Stated.Value: { } stated, HasMovedSinceStated: false } && parts.ReadAt - stated.AsOf <= Fresh;

    /// <summary>Whether it is the exchange's figure that tells, against what would count without it.</summary>
    public static bool IsToldByFigure(AccountParts parts)
    {
        var values = new Valuation(parts);
        return Of(parts, values) != Of(parts with { Stated = null }, values);
    }

    /// <summary>What perpetuals and spot come to.</summary>
    public static decimal? TotalOf(bool? isUnified, Valuation values) => isUnified switch
    {
        true => values.Spot,
        false => values.Perps + values.Spot,
        null => null,
    };

    /// <summary>Without perpetuals both forms come to the same, and without spot there is nothing that could hold a unified account's money.</summary>
    private static bool? WhereItMakesNoDifference(Valuation values) => values.Perps == 0 || values.Spot == 0 ? false : null;
}
