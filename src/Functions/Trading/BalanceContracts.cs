using NodaTime;
using TraderHub.Core.Trading.Analysis;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Days;

namespace TraderHub.Functions.Trading;

/// <summary>The answer of <c>GET /api/balance</c>. Account amounts are decimal strings, as the exchange writes them; what is computed here is a number.</summary>
/// <param name="Balance">The main perpetuals account, in the documented shape.</param>
/// <param name="DailyStartBalance">The total that the trader's day began with; null while the total is unknown and the day is not open yet.</param>
/// <param name="Timestamp">When the answer was made, in unix milliseconds.</param>
/// <param name="Calculated">What follows from it.</param>
/// <param name="RiskMetrics">How deep the positions are under water; null when they are not.</param>
/// <param name="PositionAnalysis">What the positions' own orders would make of them; null without positions, or when the orders are missing.</param>
/// <param name="Address">Whose balance it is.</param>
/// <param name="Mode">How the exchange keeps the money, in its word; null when that is missing.</param>
/// <param name="Total">Perpetuals and spot by that mode: what days are measured by. Null when a part of it is unknown.</param>
/// <param name="Spendable">What new positions and orders could use.</param>
/// <param name="Withdrawable">What could be taken out now.</param>
/// <param name="NetWorth">The total with what is staked and what lies in vaults.</param>
/// <param name="Parts">Each part by itself.</param>
/// <param name="Account">What the address is, when the exchange holds nothing for it; else null.</param>
/// <param name="AsOf">When each part was so; null for a part that is missing.</param>
/// <param name="Partial">Whether a part is missing.</param>
/// <param name="Missing">The parts that could not be read: they are unknown, not zero.</param>
public sealed record BalanceAnswer(
    BalanceInfo Balance,
    decimal? DailyStartBalance,
    long Timestamp,
    CalculatedBalance Calculated,
    RiskMetrics? RiskMetrics,
    PositionAnalysis? PositionAnalysis,
    string Address,
    string? Mode,
    string? Total,
    string? Spendable,
    string? Withdrawable,
    string? NetWorth,
    BalanceParts Parts,
    AccountNotice? Account,
    BalanceTimes AsOf,
    bool Partial,
    IReadOnlyList<string> Missing)
{
    /// <summary>The answer for a trader's day.</summary>
    public static BalanceAnswer From(TradingDay today, Instant now)
    {
        ArgumentNullException.ThrowIfNull(today);
        var balance = today.Balance;
        return new(
            BalanceInfo.From(balance.Parts),
            today.Day?.StartBalance,
            now.ToUnixTimeMilliseconds(),
            CalculatedBalance.From(balance),
            UnrealizedLoss.Of(balance) is { } loss ? RiskMetrics.From(loss) : null,
            PositionAnalysis.From(balance, today.Settings.Advanced),
            balance.Parts.Address.ToString(),
            balance.Parts.Mode?.Name,
            Amount.Text(balance.Total),
            Amount.Text(balance.Spendable),
            Amount.Text(balance.Withdrawable),
            Amount.Text(balance.NetWorth),
            BalanceParts.From(balance),
            AccountNotice.Of(balance.Parts.Role),
            BalanceTimes.Of(balance.Parts),
            balance.IsPartial,
            balance.Missing);
    }
}

/// <summary>The documented account fields.</summary>
/// <param name="AccountValue">What the perpetuals account is worth.</param>
/// <param name="Withdrawable">What could be withdrawn of it now.</param>
/// <param name="TotalMarginUsed">The margin that positions hold.</param>
/// <param name="TotalNotionalPosition">The positions at mark prices.</param>
/// <param name="PerpetualPositions">The open positions, those of every exchange of perpetuals.</param>
/// <param name="Orders">The open orders; null when they could not be read.</param>
/// <param name="SpotBalances">What is held on spot; null when that could not be read.</param>
public sealed record BalanceInfo(
    string AccountValue,
    string Withdrawable,
    string TotalMarginUsed,
    string TotalNotionalPosition,
    IReadOnlyList<PerpetualPosition> PerpetualPositions,
    IReadOnlyList<Order>? Orders,
    IReadOnlyList<SpotHolding>? SpotBalances)
{
    /// <summary>The fields of what was read.</summary>
    public static BalanceInfo From(AccountParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var perps = parts.MainPerps;
        return new(
            Amount.Text(perps.AccountValue),
            Amount.Text(perps.Withdrawable),
            Amount.Text(perps.MarginUsed),
            Amount.Text(perps.Notional),
            parts.Perps.SelectMany(account => account.Positions).Select(PerpetualPosition.From).ToList(),
            parts.Orders?.Value.Select(Order.From).ToList(),
            parts.Spot?.Balances.Select(SpotHolding.From).ToList());
    }
}

/// <summary>What follows from a balance.</summary>
/// <param name="Leverage">Notional over equity, of all exchanges of perpetuals; null when a part of it is unknown.</param>
/// <param name="LeverageFormatted">The same for people, such as <c>2.91x</c>.</param>
/// <param name="MarginUsagePercent">Margin used in percent of equity; null when a part of it is unknown.</param>
/// <param name="MarginUsageFormatted">The same for people, such as <c>14.5%</c>.</param>
/// <param name="HasPositions">Whether positions are open.</param>
public sealed record CalculatedBalance(
    decimal? Leverage, string? LeverageFormatted, decimal? MarginUsagePercent, string? MarginUsageFormatted, bool HasPositions)
{
    /// <summary>What follows from a balance.</summary>
    public static CalculatedBalance From(Balance balance)
    {
        ArgumentNullException.ThrowIfNull(balance);
        return new(
            Amount.Number(balance.Leverage),
            balance.Leverage is { } leverage ? Amount.Fixed(leverage, 2) + "x" : null,
            Amount.Number(balance.MarginUsagePercent),
            balance.MarginUsagePercent is { } usage ? Amount.Fixed(usage, 1) + "%" : null,
            balance.Positions.Any());
    }
}

/// <summary>What an address without money is to the exchange.</summary>
/// <param name="Role">The exchange's word, such as <c>agent</c> or <c>missing</c>.</param>
/// <param name="Master">The account that an agent or a sub-account belongs to; null for others.</param>
/// <param name="Hint">What to do, for a person; null when there is nothing to do.</param>
public sealed record AccountNotice(string Role, string? Master, string? Hint)
{
    internal static AccountNotice? Of(Core.Trading.Exchange.AccountRole? role) => role is null ? null : new(
        role.Name,
        role.Master?.ToString(),
        role.Name switch
        {
            "agent" => "This is an agent (API) wallet, which holds nothing itself. Sign in with the wallet of its master account to see that balance.",
            "missing" => "The exchange does not know this address yet. A first deposit opens its account.",
            _ => null,
        });
}
