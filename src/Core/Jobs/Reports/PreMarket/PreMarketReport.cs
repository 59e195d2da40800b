namespace TraderHub.Core.Jobs.Reports.PreMarket;

/// <summary>What the morning's analysis expects of the day.</summary>
/// <param name="Bias">What most symbols lean to; null when none has a verdict.</param>
/// <param name="Confidence">The mean confidence in whole percent; null when none has a verdict.</param>
/// <param name="BullishCount">How many symbols are expected to rise.</param>
/// <param name="BearishCount">How many are expected to fall.</param>
/// <param name="NeutralCount">How many neither.</param>
/// <param name="FailedCount">How many have no verdict.</param>
/// <param name="SymbolsAnalyzed">How many were asked for.</param>
/// <param name="HighConfidenceCount">How many verdicts are of a confidence above 0.7.</param>
/// <param name="HighConfidenceSignals">The five surest of them.</param>
/// <param name="HighConfidenceUps">The three surest symbols that are expected to rise, of confidence 0.7 or more.</param>
/// <param name="HighConfidenceDowns">The three surest that are expected to fall.</param>
/// <param name="KeyInsights">The same in sentences.</param>
/// <param name="AllSignals">Every symbol, failed ones too.</param>
public sealed record PreMarketReport(
    string? Bias,
    decimal? Confidence,
    int BullishCount,
    int BearishCount,
    int NeutralCount,
    int FailedCount,
    int SymbolsAnalyzed,
    int HighConfidenceCount,
    IReadOnlyList<HighConfidenceSignal> HighConfidenceSignals,
    IReadOnlyList<string> HighConfidenceUps,
    IReadOnlyList<string> HighConfidenceDowns,
    IReadOnlyList<string> KeyInsights,
    IReadOnlyList<MorningSignal> AllSignals);

/// <summary>A verdict that is worth a look.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Sentiment">What is expected of it.</param>
/// <param name="Confidence">How sure that is, from 0 to 1.</param>
/// <param name="Reason">Why.</param>
public sealed record HighConfidenceSignal(string Symbol, string Sentiment, decimal Confidence, string? Reason);

/// <summary>What the morning's analysis has of one symbol.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Sentiment">What is expected of it; null when it failed.</param>
/// <param name="Confidence">How sure that is, from 0 to 1; null when it failed.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Status"><c>success</c> or <c>failed</c>.</param>
/// <param name="FailureReason">Why it failed; null where that is not known, and for callers without the scope `jobs:read`.</param>
/// <param name="Reason">Why the verdict is this.</param>
public sealed record MorningSignal(
    string Symbol, string? Sentiment, decimal? Confidence, string? Direction, string Status, string? FailureReason, string? Reason);
