using System.Globalization;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Market;

/// <summary>The algorithm: what figures and the index of stocks say to somebody who has a position or none (rule F21).</summary>
public static class DecideSignal
{
    private const string AllTimeHigh = "ALL_TIME_HIGH";

    private const string UpperBand = "BOLLINGER_UPPER";

    /// <summary>What can be said when prices or index are not there: nothing (rule F22).</summary>
    public static TradingSignal Unavailable(string ticker, HeldPosition? position, string why, FearGreedReading? index) => new(
        ticker, SignalKind.Unavailable, null, null, false, false, false, position?.EntryPrice, null, null, null, $"Data unavailable: {why}")
    { Index = index };

    /// <summary>What they say.</summary>
    public static TradingSignal Of(string ticker, MarketFigures figures, FearGreedReading index, HeldPosition? position)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(index);
        var (price, indicators) = (figures.CurrentPrice, figures.Indicators);
        var nearBand = IsNear(price, indicators.BollingerLower);
        var signal = new TradingSignal(
            ticker,
            SignalKind.Hold,
            price,
            indicators,
            ConditionA: (IsNear(price, indicators.Sma20) && nearBand)
                || IsNear(price, indicators.Sma50) || IsNear(price, indicators.Sma100) || IsNear(price, indicators.Sma200),
            ConditionB: nearBand,
            ConditionC: index.IsFear,
            EntryPrice: null,
            SellTarget: null,
            BollingerSellTarget: null,
            ExitTrigger: null,
            Reasoning: string.Empty)
        { Index = index };
        return position is null ? WithoutPosition(signal, index) : WithPosition(signal, figures, position.EntryPrice);
    }

    private static TradingSignal WithoutPosition(TradingSignal signal, FearGreedReading index)
    {
        var sentiment = string.Create(CultureInfo.InvariantCulture, $"the index says {index.Rating} ({index.Score:0.##})");
        var near = signal.ConditionA ? "The price is near or below a moving average" : "The price is above its moving averages";
        return signal.ConditionA && signal.ConditionC
            ? signal with { Kind = SignalKind.Buy, Reasoning = $"{near}, and {sentiment}." }
            : signal with { Reasoning = $"{near}, and {sentiment}; a purchase needs a price near an average, and fear." };
    }

    private static TradingSignal WithPosition(TradingSignal signal, MarketFigures figures, double entry)
    {
        var (price, upper, high) = (figures.CurrentPrice, figures.Indicators.BollingerUpper, figures.HighestPrice);
        var isAtHigh = price >= SignalRules.NearTop * high;
        var isAtBand = price >= SignalRules.NearTop * upper;
        var held = signal with { EntryPrice = entry, SellTarget = high, BollingerSellTarget = SignalRules.AboveBand * upper };
        if (!isAtHigh && !isAtBand)
        {
            return held with { Reasoning = $"The position waits for its target, the high of {Money(high)} or the upper band of {Money(upper)}." };
        }

        if (price <= entry)
        {
            return held with { Reasoning = $"The price is at a target, but below what was paid ({Money(entry)}): hold until the position is back in profit." };
        }

        return isAtBand && (!isAtHigh || price >= upper)
            ? held with
            {
                Kind = SignalKind.Sell,
                SellTarget = held.BollingerSellTarget,
                ExitTrigger = UpperBand,
                Reasoning = $"The position is in profit, and the price is at the upper band of {Money(upper)}.",
            }
            : held with
            {
                Kind = SignalKind.Sell,
                ExitTrigger = AllTimeHigh,
                Reasoning = $"The position is in profit, and the price is at its high of {Money(high)}.",
            };
    }

    private static bool IsNear(double price, double support) => price <= SignalRules.NearSupport * support;

    private static string Money(double price) => price.ToString("0.00", CultureInfo.InvariantCulture);
}
