using System.Globalization;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Exchange;

namespace TraderHub.Functions.Trading;

/// <summary>The answer of <c>GET /api/balance</c>. Amounts are decimal strings, as the exchange writes them.</summary>
/// <param name="Balance">The account, in the documented shape.</param>
/// <param name="Calculated">What follows from it.</param>
/// <param name="Address">Whose balance it is.</param>
/// <param name="Timestamp">When the answer was made, in unix milliseconds.</param>
/// <param name="AsOf">When each part was so; null for a part that is missing.</param>
/// <param name="Partial">Whether a part is missing.</param>
/// <param name="Missing">The parts that could not be read: they are unknown, not zero.</param>
public sealed record BalanceAnswer(
    BalanceInfo Balance, CalculatedBalance Calculated, string Address, long Timestamp, BalanceTimes AsOf, bool Partial, IReadOnlyList<string> Missing)
{
    /// <summary>The answer for a balance.</summary>
    public static BalanceAnswer From(Balance balance, Instant now) => new(
        BalanceInfo.From(balance),
        CalculatedBalance.From(balance),
        balance.Address.ToString(),
        now.ToUnixTimeMilliseconds(),
        new BalanceTimes(balance.Perps.AsOf.ToIso(), balance.Spot?.AsOf.ToIso()),
        balance.Missing.Count > 0,
        balance.Missing);
}

/// <summary>The documented account fields.</summary>
/// <param name="AccountValue">What the perpetuals account is worth.</param>
/// <param name="Withdrawable">What could be withdrawn now.</param>
/// <param name="TotalMarginUsed">The margin that positions hold.</param>
/// <param name="TotalNotionalPosition">The positions at mark prices.</param>
/// <param name="PerpetualPositions">The open positions.</param>
/// <param name="SpotBalances">What is held on spot; null when that could not be read.</param>
public sealed record BalanceInfo(
    string AccountValue,
    string Withdrawable,
    string TotalMarginUsed,
    string TotalNotionalPosition,
    IReadOnlyList<PerpetualPosition> PerpetualPositions,
    IReadOnlyList<SpotHolding>? SpotBalances)
{
    /// <summary>The fields of a balance.</summary>
    public static BalanceInfo From(Balance balance)
    {
        ArgumentNullException.ThrowIfNull(balance);
        var perps = balance.Perps;
        return new(
            Amount.Text(perps.AccountValue),
            Amount.Text(perps.Withdrawable),
            Amount.Text(perps.MarginUsed),
            Amount.Text(perps.Notional),
            perps.Positions.Select(PerpetualPosition.From).ToList(),
            balance.Spot?.Balances.Select(SpotHolding.From).ToList());
    }
}

/// <summary>An open position in the documented shape, where what the exchange leaves out is "0".</summary>
/// <param name="Coin">The market.</param>
/// <param name="Szi">The size; negative is short.</param>
/// <param name="EntryPx">The average entry price.</param>
/// <param name="PositionValue">The size at the mark price.</param>
/// <param name="UnrealizedPnl">Profit or loss against the entry.</param>
/// <param name="ReturnOnEquity">The same as a share of the margin.</param>
/// <param name="LiquidationPx">Where the position is liquidated; "0" when nowhere.</param>
/// <param name="MarginUsed">The margin it holds.</param>
/// <param name="Leverage">The leverage that was chosen.</param>
/// <param name="LeverageType"><c>cross</c> or <c>isolated</c>.</param>
public sealed record PerpetualPosition(
    string Coin,
    string Szi,
    string EntryPx,
    string PositionValue,
    string UnrealizedPnl,
    string ReturnOnEquity,
    string LiquidationPx,
    string MarginUsed,
    decimal Leverage,
    string LeverageType)
{
    /// <summary>The shape of a position.</summary>
    public static PerpetualPosition From(Position position)
    {
        ArgumentNullException.ThrowIfNull(position);
        return new(
            position.Coin,
            Amount.Text(position.Size),
            Amount.Text(position.EntryPrice ?? 0),
            Amount.Text(position.Value),
            Amount.Text(position.UnrealizedPnl),
            Amount.Text(position.ReturnOnEquity),
            Amount.Text(position.LiquidationPrice ?? 0),
            Amount.Text(position.MarginUsed),
            position.Leverage,
            position.LeverageType);
    }
}

/// <summary>What is held of one coin, in units of the coin.</summary>
/// <param name="Coin">The coin.</param>
/// <param name="Total">What there is.</param>
/// <param name="Hold">The part that open orders hold.</param>
public sealed record SpotHolding(string Coin, string Total, string Hold)
{
    /// <summary>The shape of a spot balance.</summary>
    public static SpotHolding From(SpotBalance balance)
    {
        ArgumentNullException.ThrowIfNull(balance);
        return new(balance.Coin, Amount.Text(balance.Total), Amount.Text(balance.Hold));
    }
}

/// <summary>What follows from the account's fields.</summary>
/// <param name="Leverage">Notional over account value.</param>
/// <param name="LeverageFormatted">The same for a person, such as <c>2.91x</c>.</param>
/// <param name="MarginUsagePercent">Margin used as a percentage of account value.</param>
/// <param name="MarginUsageFormatted">The same for a person, such as <c>14.5%</c>.</param>
/// <param name="HasPositions">Whether any position is open.</param>
public sealed record CalculatedBalance(decimal Leverage, string LeverageFormatted, decimal MarginUsagePercent, string MarginUsageFormatted, bool HasPositions)
{
    private const int Digits = 8;

    /// <summary>What follows from a balance.</summary>
    public static CalculatedBalance From(Balance balance)
    {
        ArgumentNullException.ThrowIfNull(balance);
        return new(
            decimal.Round(balance.Leverage, Digits),
            string.Create(CultureInfo.InvariantCulture, $"{balance.Leverage:0.00}x"),
            decimal.Round(balance.MarginUsagePercent, Digits),
            string.Create(CultureInfo.InvariantCulture, $"{balance.MarginUsagePercent:0.0}%"),
            balance.Perps.Positions.Count > 0);
    }
}

/// <summary>When each part of a balance was so.</summary>
/// <param name="Perps">The perpetuals account.</param>
/// <param name="Spot">The spot account; null when it is missing.</param>
public sealed record BalanceTimes(string Perps, string? Spot);

/// <summary>Amounts on the wire.</summary>
internal static class Amount
{
    /// <summary>All digits, as they are.</summary>
    public static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);
}
