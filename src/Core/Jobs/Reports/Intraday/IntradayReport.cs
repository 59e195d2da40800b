namespace TraderHub.Core.Jobs.Reports.Intraday;

/// <summary>How the morning's verdicts hold at midday.</summary>
/// <param name="MarketStatus"><c>open</c> or <c>closed</c> when the report was made.</param>
/// <param name="TotalSymbols">How many symbols there are in the morning or now.</param>
/// <param name="OnTrackCount">How many go on as in the morning: strengthened or on track.</param>
/// <param name="DivergedCount">How many turned.</param>
/// <param name="IncompleteCount">How many lack a verdict in the morning or now.</param>
/// <param name="OverallAccuracy">The mean of the accuracy scores in whole percent; null when none is known.</param>
/// <param name="ModelHealth"><c>on-track</c>, <c>warning</c> or <c>error</c>, by the overall accuracy; null without one.</param>
/// <param name="Calls">The morning's calls beside the prices of now.</param>
/// <param name="Symbols">Every symbol.</param>
/// <param name="Comparisons">The two verdicts on every symbol.</param>
/// <param name="PreMarketRunId">Which run the morning's verdicts are from.</param>
public sealed record IntradayReport(
    string MarketStatus,
    int TotalSymbols,
    int OnTrackCount,
    int DivergedCount,
    int IncompleteCount,
    decimal? OverallAccuracy,
    string? ModelHealth,
    LiveCalls Calls,
    IReadOnlyList<IntradaySymbol> Symbols,
    IReadOnlyList<IntradayComparison> Comparisons,
    string? PreMarketRunId);

/// <summary>A symbol's two verdicts, judged.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="MorningPrediction">The morning's sentiment; null when it had none.</param>
/// <param name="MorningConfidence">Its confidence.</param>
/// <param name="CurrentSentiment">The sentiment now; null when there is none.</param>
/// <param name="CurrentConfidence">Its confidence.</param>
/// <param name="Performance"><c>strengthened</c>, <c>on_track</c>, <c>weakened</c> or <c>diverged</c>; null when either verdict is missing.</param>
/// <param name="AccuracyScore">1, 0.9, 0.5 or 0, as the performance is; null with it.</param>
public sealed record IntradaySymbol(
    string Symbol,
    string? MorningPrediction,
    decimal? MorningConfidence,
    string? CurrentSentiment,
    decimal? CurrentConfidence,
    string? Performance,
    decimal? AccuracyScore);

/// <summary>A symbol's two verdicts beside each other.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Premarket">The morning's.</param>
/// <param name="Intraday">The one of now.</param>
/// <param name="Comparison">What follows.</param>
public sealed record IntradayComparison(string Symbol, SideOfDay Premarket, SideOfDay Intraday, SideChange Comparison);

/// <summary>A verdict in short.</summary>
/// <param name="Sentiment">What is expected; null when nothing is known.</param>
/// <param name="Confidence">How sure that is, from 0 to 1.</param>
public sealed record SideOfDay(string? Sentiment, decimal? Confidence);

/// <summary>What became of a verdict.</summary>
/// <param name="DirectionMatch">Whether both lean the same way, where a neutral side goes with either; null when one is missing.</param>
/// <param name="ConfidenceChange">By how much the confidence rose.</param>
/// <param name="Status"><c>consistent</c>, <c>reversed</c> or <c>incomplete</c>.</param>
public sealed record SideChange(bool? DirectionMatch, decimal? ConfidenceChange, string Status);

/// <summary>The morning's calls beside the day's prices so far. A call has a direction and a confidence of 0.7 or more.</summary>
/// <param name="Total">How many calls there are.</param>
/// <param name="Correct">How many have the price on their side.</param>
/// <param name="Wrong">How many have it against them.</param>
/// <param name="Pending">How many have no price of today, or one that has not moved.</param>
/// <param name="LiveAccuracy">The correct ones among those that are decided, in whole percent; null when none is.</param>
/// <param name="Divergences">Those that have it against them.</param>
public sealed record LiveCalls(int Total, int Correct, int Wrong, int Pending, decimal? LiveAccuracy, IReadOnlyList<Divergence> Divergences);

/// <summary>A call that the price contradicts.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Predicted">The direction that was called.</param>
/// <param name="ChangePercent">The day's change so far.</param>
/// <param name="Level"><c>high</c> beyond 2 %, else <c>medium</c>.</param>
public sealed record Divergence(string Symbol, string Predicted, decimal ChangePercent, string Level);
