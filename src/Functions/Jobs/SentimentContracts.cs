using TraderHub.Core.Jobs;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Platform;

namespace TraderHub.Functions.Jobs;

/// <summary>The answer of <c>/api/v1/sentiment/analysis</c>.</summary>
/// <param name="Success">Whether any symbol has a verdict; then it was stored.</param>
/// <param name="Data">The verdicts.</param>
/// <param name="Timestamp">When they were made, in UTC.</param>
public sealed record SentimentAnswer(bool Success, SentimentData Data, string? Timestamp)
{
    /// <summary>The answer for an analysis.</summary>
    public static SentimentAnswer From(DailyAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var status = AnalysisRows.StatusOf(analysis);
        return new(
            status != JobStatus.Failed,
            new(
                analysis.Date.ToIso(),
                status.ToText(),
                [.. analysis.Symbols.Select(symbol => symbol.Symbol)],
                MarketSentiment.From(analysis),
                [.. analysis.Symbols.Select(SymbolSentiment.From)]),
            analysis.AnalyzedAt?.ToIso());
    }
}

/// <summary>Verdicts on symbols.</summary>
/// <param name="Date">The business date that they are stored under.</param>
/// <param name="Status"><c>success</c>, <c>partial</c> when some symbols failed, <c>failed</c> when all did and nothing was stored.</param>
/// <param name="Symbols">The symbols.</param>
/// <param name="MarketSentiment">All of them together.</param>
/// <param name="Signals">Each of them.</param>
public sealed record SentimentData(
    string Date, string Status, IReadOnlyList<string> Symbols, MarketSentiment MarketSentiment, IReadOnlyList<SymbolSentiment> Signals);

/// <summary>What the symbols say together.</summary>
/// <param name="OverallSentiment">The mean of 1 for up, -1 for down and 0; null when none has a verdict.</param>
/// <param name="SentimentLabel"><c>BULLISH</c> above 0.1, <c>BEARISH</c> below -0.1, else <c>NEUTRAL</c>; null with it.</param>
/// <param name="Confidence">The mean confidence, from 0 to 1.</param>
public sealed record MarketSentiment(decimal? OverallSentiment, string? SentimentLabel, decimal? Confidence)
{
    private const decimal Threshold = 0.1m;

    private const int Digits = 4;

    /// <summary>What an analysis says together.</summary>
    public static MarketSentiment From(DailyAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var usable = analysis.Symbols.Where(symbol => symbol.IsUsable).ToList();
        if (usable.Count == 0)
        {
            return new(null, null, null);
        }

        var overall = usable.Average(symbol => (decimal)Lean.Of(symbol.Sentiment)!.Value);
        return new(
            decimal.Round(overall, Digits),
            overall switch { > Threshold => "BULLISH", < -Threshold => "BEARISH", _ => "NEUTRAL" },
            decimal.Round(usable.Average(symbol => symbol.Confidence!.Value), Digits));
    }
}

/// <summary>The verdict on a symbol.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Status"><c>success</c> or <c>failed</c>.</param>
/// <param name="Sentiment">What is expected; null when it failed.</param>
/// <param name="OverallConfidence">How sure that is, from 0 to 1.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Recommendation"><c>BUY</c>, <c>SELL</c> or <c>HOLD</c>, as the sentiment is.</param>
/// <param name="Reasoning">Why.</param>
/// <param name="FailureReason">Why it failed.</param>
public sealed record SymbolSentiment(
    string Symbol,
    string Status,
    string? Sentiment,
    decimal? OverallConfidence,
    string? Direction,
    string? Recommendation,
    string? Reasoning,
    string? FailureReason)
{
    /// <summary>The shape of a verdict.</summary>
    public static SymbolSentiment From(AnalyzedSymbol symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return symbol.IsUsable
            ? new(
                symbol.Symbol,
                "success",
                symbol.Sentiment,
                symbol.Confidence,
                symbol.Direction,
                Lean.Of(symbol.Sentiment) switch { > 0 => "BUY", < 0 => "SELL", _ => "HOLD" },
                symbol.Reasoning,
                null)
            : new(symbol.Symbol, "failed", null, null, null, null, null, symbol.Reasoning);
    }
}
