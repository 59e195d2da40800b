namespace TraderHub.Core.Trading.Balances;

/// <summary>
/// Where an account's money lies. Counting perpetuals and spot together counts a unified account twice, counting spot alone loses the perpetuals of a
/// separate one; where the exchange's word does not tell, its own figure of the account's worth decides (rule B5).
/// </summary>
internal static class AccountForm
{
    /// <summary>Whether all money lies on spot; null when nothing tells.</summary>
    public static bool? Of(AccountParts parts, Valuation values) =>
        parts.Mode?.IsUnified ?? FromStatedValue(parts, values) ?? WhereItMakesNoDifference(values) ?? parts.RememberedForm;

    /// <summary>The form whose total comes nearest to what the exchange states; null when that does not tell them apart.</summary>
    public static bool? FromStatedValue(AccountParts parts, Valuation values)
    {
        if (values.Spot is not { } spot || values.Perps is not { } perps || perps == 0 || spot == 0 || parts.Stated?.Value is not { } stated)
        {
            return null;
        }

        return Distance(spot) < Distance(spot + perps);

        // Whether vaults and staking are in the exchange's figure is not documented, so each way counts.
        decimal Distance(decimal total)
        {
            var withVaults = total + (values.Vaults ?? 0);
            return new[] { total, withVaults, withVaults + (values.Staking ?? 0) }.Min(candidate => Math.Abs(candidate - stated.Value));
        }
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
