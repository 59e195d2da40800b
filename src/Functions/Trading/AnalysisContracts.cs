using TraderHub.Core.Trading.Analysis;
using TraderHub.Core.Trading.Balances;
using TraderHub.Core.Trading.Settings;

namespace TraderHub.Functions.Trading;

/// <summary>How deep open positions are under water. The percentages are shares, as documented: 0.1 is 10 %.</summary>
/// <param name="IsInLoss">True.</param>
/// <param name="UnrealizedPnL">The positions' loss together; negative.</param>
/// <param name="LossPercentage">The loss as a share of the initial value.</param>
/// <param name="RecoveryPercentage">The gain on the current value that would make up for it, as a share.</param>
/// <param name="CurrentValue">The account's value now.</param>
/// <param name="InitialValue">The same without the loss.</param>
public sealed record RiskMetrics(
    bool IsInLoss, decimal UnrealizedPnL, decimal LossPercentage, decimal RecoveryPercentage, decimal CurrentValue, decimal InitialValue)
{
    internal static RiskMetrics From(UnrealizedLoss loss) => new(
        true, loss.UnrealizedPnl, Amount.Number(loss.LossShare), Amount.Number(loss.RecoveryShare), loss.CurrentValue, loss.InitialValue);
}

/// <summary>What the open positions' own orders would make of them.</summary>
/// <param name="TotalExpectedProfit">What all take-profit orders would bring, after fees.</param>
/// <param name="TotalExpectedLoss">What all stops would lose, after fees.</param>
/// <param name="Positions">Each position; on the wire <c>positionAnalysis</c>, as documented.</param>
public sealed record PositionAnalysis(
    decimal TotalExpectedProfit,
    decimal TotalExpectedLoss,
    [property: System.Text.Json.Serialization.JsonPropertyName("positionAnalysis")] IReadOnlyList<AnalysedPosition> Positions)
{
    internal static PositionAnalysis? From(Balance balance, AdvancedSettings settings)
    {
        if (balance.Parts.Orders is not { } orders || !balance.Positions.Any())
        {
            return null;
        }

        // Where orders are missing, nothing can be said of the positions.
        var outlooks = balance.Parts.Perps
            .Where(account => !balance.Missing.Contains($"orders:{account.Dex}"))
            .SelectMany(account => account.Positions)
            .Select(position => PositionOutlook.Of(position, orders.Value, settings.TakerFee, settings.MakerFee))
            .OfType<PositionOutlook>()
            .ToList();
        return new(
            Amount.Number(outlooks.Sum(outlook => outlook.ExpectedProfit)),
            Amount.Number(outlooks.Sum(outlook => outlook.ExpectedLoss)),
            outlooks.Select(AnalysedPosition.From).ToList());
    }
}

/// <summary>One position with its orders.</summary>
/// <param name="Coin">The market.</param>
/// <param name="IsLong">Whether it gains when the price rises.</param>
/// <param name="EntryPrice">The average entry price.</param>
/// <param name="PositionSize">How much, in units of the coin.</param>
/// <param name="PositionValue">The size at the entry price.</param>
/// <param name="EntryFee">What entering cost, as a taker.</param>
/// <param name="ExpectedProfit">What its take-profit orders would bring, after fees.</param>
/// <param name="ExpectedLoss">What its stop would lose, after fees.</param>
/// <param name="TpOrders">Its take-profit orders.</param>
/// <param name="SlOrder">Its stop; null when there is none.</param>
/// <param name="Visualization">Where everything lies on one axis.</param>
/// <param name="Summary">The take-profit orders together.</param>
public sealed record AnalysedPosition(
    string Coin,
    bool IsLong,
    decimal EntryPrice,
    decimal PositionSize,
    decimal PositionValue,
    decimal EntryFee,
    decimal ExpectedProfit,
    decimal ExpectedLoss,
    IReadOnlyList<TakeProfitOrder> TpOrders,
    StopLossOrder? SlOrder,
    PriceAxis Visualization,
    TakeProfitSummary Summary)
{
    internal static AnalysedPosition From(PositionOutlook outlook) => new(
        outlook.Position.Coin,
        outlook.IsLong,
        outlook.EntryPrice,
        outlook.Size,
        Amount.Number(outlook.EntryValue),
        Amount.Number(outlook.EntryFee),
        Amount.Number(outlook.ExpectedProfit),
        Amount.Number(outlook.ExpectedLoss),
        outlook.TakeProfits.Select(TakeProfitOrder.From).ToList(),
        outlook.StopLoss is { } stop ? StopLossOrder.From(stop) : null,
        PriceAxis.From(outlook),
        TakeProfitSummary.From(outlook));
}

/// <summary>An order that takes some of a position's profit.</summary>
/// <param name="Price">Where.</param>
/// <param name="Size">How much of it.</param>
/// <param name="Profit">What that brings before fees.</param>
/// <param name="ExitFee">What leaving costs, as a maker.</param>
/// <param name="NetProfit">The profit less fees.</param>
/// <param name="PriceMove">The price less the entry's.</param>
/// <param name="PercentMove">The same in percent of the entry.</param>
/// <param name="PnlPercent">The net profit in percent of what this share was entered for.</param>
public sealed record TakeProfitOrder(
    decimal Price, decimal Size, decimal Profit, decimal ExitFee, decimal NetProfit, decimal PriceMove, decimal PercentMove, decimal PnlPercent)
{
    internal static TakeProfitOrder From(TakeProfit order) => new(
        order.Price,
        order.Size,
        Amount.Number(order.Profit),
        Amount.Number(order.ExitFee),
        Amount.Number(order.NetProfit),
        order.PriceMove,
        Amount.Number(order.PercentMove),
        Amount.Number(order.PnlPercent));
}

/// <summary>The order that stops a whole position.</summary>
/// <param name="Price">Where it is triggered.</param>
/// <param name="Size">The whole position.</param>
/// <param name="Loss">What that loses before fees; negative when it stands in profit.</param>
/// <param name="ExitFee">What leaving costs, as a taker.</param>
/// <param name="TotalLoss">The loss with fees.</param>
/// <param name="IsInProfit">Whether it stands where the position has gained.</param>
/// <param name="PriceMove">The price less the entry's.</param>
/// <param name="PercentMove">The same in percent of the entry.</param>
/// <param name="PnlPercent">What it brings with fees, in percent of what the position was entered for.</param>
public sealed record StopLossOrder(
    decimal Price,
    decimal Size,
    decimal Loss,
    decimal ExitFee,
    decimal TotalLoss,
    bool IsInProfit,
    decimal PriceMove,
    decimal PercentMove,
    decimal PnlPercent)
{
    internal static StopLossOrder From(StopLoss stop) => new(
        stop.Price,
        stop.Size,
        Amount.Number(stop.Loss),
        Amount.Number(stop.ExitFee),
        Amount.Number(stop.TotalLoss),
        stop.IsInProfit,
        stop.PriceMove,
        Amount.Number(stop.PercentMove),
        Amount.Number(stop.PnlPercent));
}

/// <summary>Prices on one axis; positions on it are percentages from its left end.</summary>
/// <param name="MinPrice">The left end.</param>
/// <param name="MaxPrice">The right end.</param>
/// <param name="PriceRange">What lies between.</param>
/// <param name="EntryPosition">Where the entry is.</param>
/// <param name="TpPositions">Where the take-profit orders are.</param>
/// <param name="SlPosition">Where the stop is; null without one.</param>
public sealed record PriceAxis(
    decimal MinPrice, decimal MaxPrice, decimal PriceRange, decimal EntryPosition, IReadOnlyList<decimal> TpPositions, decimal? SlPosition)
{
    internal static PriceAxis From(PositionOutlook outlook)
    {
        var (from, to) = outlook.PriceAxis;
        return new(
            Amount.Number(from),
            Amount.Number(to),
            Amount.Number(to - from),
            PlaceOf(outlook.EntryPrice),
            outlook.TakeProfits.Select(order => PlaceOf(order.Price)).ToList(),
            outlook.StopLoss is { } stop ? PlaceOf(stop.Price) : null);

        decimal PlaceOf(decimal price) => Amount.Number((price - from) / (to - from) * 100);
    }
}

/// <summary>A position's take-profit orders together.</summary>
/// <param name="TotalTpSize">How much of the position they close.</param>
/// <param name="TotalTpProfit">What they bring, after fees.</param>
/// <param name="TotalTpExitFees">What leaving by them costs.</param>
/// <param name="AvgTpPrice">Their average price by size.</param>
/// <param name="AvgTpPriceMove">The same less the entry's.</param>
/// <param name="AvgTpPercentMove">The same in percent of the entry.</param>
/// <param name="MaxFees">Entering, and leaving by the stop or else by all of them.</param>
/// <param name="BreakevenPercent">How far the price must move to pay that, in percent.</param>
/// <param name="RrRatio">Expected profit over expected loss; 0 without a loss.</param>
public sealed record TakeProfitSummary(
    decimal TotalTpSize,
    decimal TotalTpProfit,
    decimal TotalTpExitFees,
    decimal AvgTpPrice,
    decimal AvgTpPriceMove,
    decimal AvgTpPercentMove,
    decimal MaxFees,
    decimal BreakevenPercent,
    decimal RrRatio)
{
    internal static TakeProfitSummary From(PositionOutlook outlook)
    {
        var average = outlook.AverageTakeProfitPrice;
        var move = average > 0 ? average - outlook.EntryPrice : 0;
        return new(
            outlook.TakeProfits.Sum(order => order.Size),
            Amount.Number(outlook.ExpectedProfit),
            Amount.Number(outlook.TakeProfits.Sum(order => order.ExitFee)),
            Amount.Number(average),
            Amount.Number(move),
            Amount.Number(move / outlook.EntryPrice * 100),
            Amount.Number(outlook.MaximumFees),
            Amount.Number(outlook.BreakevenPercent),
            Amount.Number(outlook.RewardToRisk));
    }
}
