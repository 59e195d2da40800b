using System.Text.Json.Serialization;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Market;

namespace TraderHub.Functions.Signals;

/// <summary>The answer of <c>/api/v1/fear-greed</c>.</summary>
/// <param name="Index"><c>stocks</c> or <c>crypto</c>: whose it is.</param>
/// <param name="Source">Who makes it.</param>
/// <param name="Value">The score, from 0, extreme fear, to 100, extreme greed.</param>
/// <param name="Rating">What the source calls it, in lower case.</param>
/// <param name="FetchedAt">When it was fetched, in UTC.</param>
/// <param name="AgeSeconds">How long ago that was.</param>
/// <param name="IsStale">Whether the source gave no newer one when it was due.</param>
/// <param name="History">Earlier scores.</param>
public sealed record FearGreedAnswer(
    string Index, string Source, double Value, string Rating, string FetchedAt, long AgeSeconds, bool IsStale, FearGreedHistory History)
{
    /// <summary>The answer for a reading.</summary>
    public static FearGreedAnswer From(FearGreedReading reading, Instant now)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var age = Duration.Max(now - reading.FetchedAt, Duration.Zero);
        var (index, source) = reading.Market == FearGreedMarket.Crypto ? (MarketFunctions.Crypto, "alternative.me") : (MarketFunctions.Stocks, "CNN");
        return new(
            index,
            source,
            reading.Score,
            reading.Rating,
            reading.FetchedAt.ToIso(),
            (long)age.TotalSeconds,
            reading.IsStale,
            new(reading.PreviousClose, reading.PreviousWeek, reading.PreviousMonth, reading.PreviousYear));
    }
}

/// <summary>Earlier scores; null where the source does not say.</summary>
/// <param name="PreviousClose">The one before.</param>
/// <param name="PreviousWeek">A week ago.</param>
/// <param name="PreviousMonth">A month ago.</param>
/// <param name="PreviousYear">A year ago.</param>
public sealed record FearGreedHistory(double? PreviousClose, double? PreviousWeek, double? PreviousMonth, double? PreviousYear);

/// <summary>The answer of <c>/api/v1/signals/{ticker}</c>.</summary>
/// <param name="Ticker">The ticker, in upper case.</param>
/// <param name="Signal"><c>BUY</c>, <c>SELL</c>, <c>HOLD</c>, or <c>UNAVAILABLE</c> when prices or index could not be read.</param>
/// <param name="CurrentPrice">The last price; null when it is unavailable, as are the indicators.</param>
/// <param name="Indicators">Averages and bands of the daily closes.</param>
/// <param name="ConditionA">Whether the price is near or below an average.</param>
/// <param name="ConditionB">Whether it is near or below the lower band; it decides nothing.</param>
/// <param name="ConditionC">Whether the index says fear or extreme fear.</param>
/// <param name="EntryPrice">What the chat's position was bought at; null without a chat or a position.</param>
/// <param name="SellTarget">The price to sell at; null without a position.</param>
/// <param name="BollingerSellTarget">The price to sell at by the upper band; null without a position.</param>
/// <param name="ExitTrigger"><c>ALL_TIME_HIGH</c> or <c>BOLLINGER_UPPER</c> when it says sell, else null.</param>
/// <param name="Reasoning">Why.</param>
/// <param name="FearGreed">The index of stocks that it rests on; null when it could not be read.</param>
public sealed record SignalAnswer(
    string Ticker,
    string Signal,
    double? CurrentPrice,
    SignalIndicators? Indicators,
    bool ConditionA,
    bool ConditionB,
    bool ConditionC,
    double? EntryPrice,
    double? SellTarget,
    double? BollingerSellTarget,
    string? ExitTrigger,
    string Reasoning,
    FearGreedAnswer? FearGreed)
{
    /// <summary>The answer for a signal.</summary>
    public static SignalAnswer From(TradingSignal signal, Instant now)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return new(
            signal.Ticker,
            signal.Kind.ToString().ToUpperInvariant(),
            signal.CurrentPrice,
            signal.Indicators,
            signal.ConditionA,
            signal.ConditionB,
            signal.ConditionC,
            signal.EntryPrice,
            signal.SellTarget,
            signal.BollingerSellTarget,
            signal.ExitTrigger,
            signal.Reasoning,
            signal.Index is { } index ? FearGreedAnswer.From(index, now) : null);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FearGreedAnswer))]
[JsonSerializable(typeof(SignalAnswer))]
internal sealed partial class MarketJson : JsonSerializerContext;
