using NodaTime;

namespace TraderHub.Core.Jobs.Analysis;

/// <summary>The analysis of a business date: what its key-value pair and its rows in SQL both say.</summary>
/// <param name="Date">The business date.</param>
/// <param name="Symbols">Every symbol that was asked for, failed ones too.</param>
/// <param name="AnalyzedAt">When it was made; null when that was not written down.</param>
/// <param name="TriggerMode">What it was made for; null when that was not written down.</param>
/// <param name="DurationMs">How long it took; null when that was not written down.</param>
public sealed record DailyAnalysis(
    LocalDate Date, IReadOnlyList<AnalyzedSymbol> Symbols, Instant? AnalyzedAt, string? TriggerMode, long? DurationMs);

/// <summary>A symbol of a day's analysis. What is not known is null; a zero is a zero (rule R5).</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Sentiment">What is expected, in the analyser's word.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Direction">Which way, in the analyser's word.</param>
/// <param name="Reasoning">Why; of a failed symbol, why it failed.</param>
/// <param name="Signals">What the verdict follows from, as a compact JSON text.</param>
public sealed record AnalyzedSymbol(string Symbol, string? Sentiment, decimal? Confidence, string? Direction, string? Reasoning, string? Signals)
{
    /// <summary>Whether there is a verdict. Without one the symbol failed; it is never taken for neutral.</summary>
    public bool IsUsable => Sentiment is not null && Confidence is not null;
}
