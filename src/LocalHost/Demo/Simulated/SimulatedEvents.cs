using System.Text.Json.Nodes;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>A part of an order that was filled.</summary>
/// <param name="Time">When.</param>
/// <param name="Market">The perpetual or spot pair.</param>
/// <param name="Price">At what price.</param>
/// <param name="Size">How much, in units of the coin.</param>
/// <param name="IsBuy">Which side.</param>
/// <param name="StartPosition">The position before.</param>
/// <param name="Direction">What it did to the position, in the exchange's words.</param>
/// <param name="ClosedPnl">The profit of what it closed, without fees.</param>
/// <param name="Fee">What it cost; negative for a rebate.</param>
/// <param name="FeeToken">The token of the fee.</param>
/// <param name="IsTaker">Whether the order crossed the spread.</param>
/// <param name="OrderId">The order.</param>
/// <param name="TradeId">The trade.</param>
/// <param name="LiquidatedUser">The trader who was liquidated by it; null for an ordinary one.</param>
internal sealed record SimulatedFill(
    DateTimeOffset Time,
    string Market,
    decimal Price,
    decimal Size,
    bool IsBuy,
    decimal StartPosition,
    string Direction,
    decimal ClosedPnl,
    decimal Fee,
    string FeeToken,
    bool IsTaker,
    long OrderId,
    long TradeId,
    string? LiquidatedUser);

/// <summary>What a position paid for an hour, negative, or received.</summary>
internal sealed record SimulatedFunding(DateTimeOffset Time, string Coin, decimal Amount, decimal Size, decimal Rate);

/// <summary>A change of the account's money that is no trade.</summary>
/// <param name="Time">When.</param>
/// <param name="Delta">The change in the exchange's words.</param>
/// <param name="Flow">What came in from outside, in US dollars; negative for what left.</param>
/// <param name="PerpsFlow">What came in to the perpetuals accounts.</param>
internal sealed record SimulatedLedgerUpdate(DateTimeOffset Time, JsonObject Delta, decimal Flow, decimal PerpsFlow);

/// <summary>A reward for staking, in HYPE.</summary>
internal sealed record SimulatedReward(DateTimeOffset Time, decimal Amount);

/// <summary>An order as it is given.</summary>
/// <param name="Coin">The perpetual.</param>
/// <param name="Size">In units of the coin; negative sells.</param>
/// <param name="Leverage">The leverage of the position.</param>
/// <param name="IsIsolated">Whether its margin is its own.</param>
/// <param name="FeeRate">The fee as a share of the value; negative for a rebate.</param>
/// <param name="IsTaker">Whether it crosses the spread.</param>
/// <param name="Parts">In how many parts it is filled.</param>
/// <param name="Slippage">How much worse than the market, as a share of the price.</param>
/// <param name="IsLiquidation">Whether the exchange gave it.</param>
internal sealed record SimulatedOrder(
    string Coin,
    decimal Size,
    int Leverage,
    bool IsIsolated = false,
    decimal FeeRate = 0.00045m,
    bool IsTaker = true,
    int Parts = 1,
    decimal Slippage = 0,
    bool IsLiquidation = false);
