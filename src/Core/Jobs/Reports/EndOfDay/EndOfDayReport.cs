namespace TraderHub.Core.Jobs.Reports.EndOfDay;

/// <summary>How the morning's verdicts did against closing prices, and what is expected of the next day.</summary>
/// <param name="MarketCloseTime">When the exchange closed, in UTC.</param>
/// <param name="TotalSignals">How many symbols have a morning's verdict.</param>
/// <param name="EvaluatedCount">How many calls there are whose day has a closing price: those alone are scored.</param>
/// <param name="CorrectCalls">How many of them were right.</param>
/// <param name="WrongCalls">How many were wrong.</param>
/// <param name="OverallAccuracy">The right ones among them in whole percent; null when there are none.</param>
/// <param name="ModelGrade">The accuracy as a grade from A to D; null with it.</param>
/// <param name="TopWinners">The three symbols that rose most, by more than 1 %.</param>
/// <param name="TopLosers">The three that fell most.</param>
/// <param name="SignalBreakdown">Every symbol.</param>
/// <param name="TomorrowOutlook">What the closing prices let expect.</param>
/// <param name="Insights">The same in sentences.</param>
/// <param name="PreMarketRunId">Which run the morning's verdicts are from.</param>
/// <param name="IntradayRunId">The intraday run of the day; null when there was none.</param>
public sealed record EndOfDayReport(
    string MarketCloseTime,
    int TotalSignals,
    int EvaluatedCount,
    int CorrectCalls,
    int WrongCalls,
    decimal? OverallAccuracy,
    string? ModelGrade,
    IReadOnlyList<Mover> TopWinners,
    IReadOnlyList<Mover> TopLosers,
    IReadOnlyList<SignalOutcome> SignalBreakdown,
    TomorrowOutlook TomorrowOutlook,
    IReadOnlyList<string> Insights,
    string? PreMarketRunId,
    string? IntradayRunId);

/// <summary>A symbol that moved.</summary>
/// <param name="Ticker">The symbol.</param>
/// <param name="ChangePercent">By how much.</param>
/// <param name="Close">Its closing price.</param>
public sealed record Mover(string Ticker, decimal ChangePercent, decimal Close);

/// <summary>A morning's verdict and what happened.</summary>
/// <param name="Ticker">The symbol.</param>
/// <param name="Predicted">The morning's sentiment; null when it had none.</param>
/// <param name="PredictedDirection">Its direction.</param>
/// <param name="Actual">The day's change in percent; null while it is pending.</param>
/// <param name="ActualDirection"><c>up</c>, <c>down</c> or <c>neutral</c> (within half a percent); null while it is pending.</param>
/// <param name="Confidence">The morning's confidence, from 0 to 1.</param>
/// <param name="ConfidenceLevel">The same in a word.</param>
/// <param name="Correct">Whether a call was right; null for what is no call, or is pending.</param>
/// <param name="Status"><c>evaluated</c>, <c>pending</c> (no closing price), <c>not_scored</c> (no call) or <c>failed</c> (no verdict).</param>
public sealed record SignalOutcome(
    string Ticker,
    string? Predicted,
    string? PredictedDirection,
    decimal? Actual,
    string? ActualDirection,
    decimal? Confidence,
    string? ConfidenceLevel,
    bool? Correct,
    string Status);

/// <summary>What is expected of the next session.</summary>
/// <param name="MarketBias">What most symbols lean to at the close; null when none has a verdict.</param>
/// <param name="VolatilityLevel">How far the day could not be foretold: <c>Low</c>, <c>Moderate</c>, <c>High</c> or <c>Unknown</c>.</param>
/// <param name="ConfidenceLevel">The verdicts' mean confidence in a word; null when there are none.</param>
/// <param name="KeyFocus">The surest symbol; null when there is none.</param>
public sealed record TomorrowOutlook(string? MarketBias, string VolatilityLevel, string? ConfidenceLevel, string? KeyFocus);
