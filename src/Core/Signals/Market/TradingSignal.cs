namespace TraderHub.Core.Signals.Market;

/// <summary>What the algorithm says of a ticker.</summary>
public enum SignalKind
{
    /// <summary>Buy.</summary>
    Buy,

    /// <summary>Sell.</summary>
    Sell,

    /// <summary>Do nothing.</summary>
    Hold,

    /// <summary>Prices or index could not be read: nothing can be said.</summary>
    Unavailable,
}

/// <summary>A signal with what it rests on.</summary>
/// <param name="Ticker">The ticker.</param>
/// <param name="Kind">What it says.</param>
/// <param name="CurrentPrice">The last price; null when it is unavailable.</param>
/// <param name="Indicators">The indicators; null when it is unavailable.</param>
/// <param name="ConditionA">Whether the price is near or below an average.</param>
/// <param name="ConditionB">Whether it is near or below the lower band; it is shown and decides nothing.</param>
/// <param name="ConditionC">Whether the index says fear or extreme fear.</param>
/// <param name="EntryPrice">The chat's entry price; null without a position.</param>
/// <param name="SellTarget">The price to sell at; null without a position.</param>
/// <param name="BollingerSellTarget">The upper band's price to sell at; null without a position.</param>
/// <param name="ExitTrigger"><c>ALL_TIME_HIGH</c> or <c>BOLLINGER_UPPER</c> when it says sell.</param>
/// <param name="Reasoning">Why, in one or more sentences of plain text.</param>
public sealed record TradingSignal(
    string Ticker,
    SignalKind Kind,
    double? CurrentPrice,
    SignalIndicators? Indicators,
    bool ConditionA,
    bool ConditionB,
    bool ConditionC,
    double? EntryPrice,
    double? SellTarget,
    double? BollingerSellTarget,
    string? ExitTrigger,
    string Reasoning)
{
    /// <summary>The index of stocks that it rests on; null when it could not be read.</summary>
    public FearGreedReading? Index { get; init; }
}

/// <summary>Averages and bands of daily closing prices.</summary>
/// <param name="Sma20">The average of 20 closes.</param>
/// <param name="Sma50">Of 50, or of as many as there are.</param>
/// <param name="Sma100">Of 100, or of as many as there are.</param>
/// <param name="Sma200">Of 200, or of as many as there are.</param>
/// <param name="BollingerUpper">The upper band.</param>
/// <param name="BollingerMiddle">The middle of the bands.</param>
/// <param name="BollingerLower">The lower band.</param>
public sealed record SignalIndicators(
    double Sma20, double Sma50, double Sma100, double Sma200, double BollingerUpper, double BollingerMiddle, double BollingerLower);
