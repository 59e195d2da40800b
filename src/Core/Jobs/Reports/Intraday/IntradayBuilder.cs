using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Quotes;

namespace TraderHub.Core.Jobs.Reports.Intraday;

/// <summary>Makes the intraday report of the morning's analysis, the one of now, and the day's prices so far.</summary>
public static class IntradayBuilder
{
    private static readonly AnalyzedSymbol Missing = new(string.Empty, null, null, null, null, null);

    /// <summary>The report.</summary>
    /// <param name="morning">The morning's analysis.</param>
    /// <param name="current">The analysis of now.</param>
    /// <param name="moves">The day's changes so far, by symbol.</param>
    /// <param name="isOpen">Whether the exchange trades now.</param>
    /// <param name="preMarketRunId">Which run the morning's analysis is from.</param>
    public static IntradayReport Build(
        DailyAnalysis morning, DailyAnalysis current, IReadOnlyDictionary<string, DayMove> moves, bool isOpen, string? preMarketRunId)
    {
        ArgumentNullException.ThrowIfNull(morning);
        ArgumentNullException.ThrowIfNull(current);
        var names = morning.Symbols.Concat(current.Symbols).Select(symbol => symbol.Symbol).Distinct().ToList();
        var pairs = names.ConvertAll(name => new Pair(name, Find(morning, name), Find(current, name)));
        var symbols = pairs.ConvertAll(Judge);
        var scores = symbols.Select(symbol => symbol.AccuracyScore).OfType<decimal>().ToList();
        var accuracy = Percent.Mean(scores);
        return new(
            isOpen ? "open" : "closed",
            names.Count,
            symbols.Count(symbol => symbol.Performance is "strengthened" or "on_track"),
            symbols.Count(symbol => symbol.Performance is "diverged"),
            symbols.Count(symbol => symbol.Performance is null),
            accuracy,
            accuracy switch { null => null, < ReportThresholds.ModelError => "error", < ReportThresholds.ModelWarning => "warning", _ => "on-track" },
            Score(morning, moves),
            symbols,
            pairs.ConvertAll(Compare),
            preMarketRunId);
    }

    private static AnalyzedSymbol Find(DailyAnalysis analysis, string name) =>
        analysis.Symbols.FirstOrDefault(symbol => symbol.Symbol == name && symbol.IsUsable) ?? Missing;

    private static IntradaySymbol Judge(Pair pair)
    {
        var (performance, score) = (pair.Status, pair.Change) switch
        {
            ("incomplete", _) => ((string?)null, (decimal?)null),
            ("reversed", _) => ("diverged", 0m),
            _ when pair.LostDirection => ("weakened", 0.5m),
            (_, >= ReportThresholds.ConfidenceChange) => ("strengthened", 1m),
            (_, <= -ReportThresholds.ConfidenceChange) => ("weakened", 0.5m),
            _ => ("on_track", 0.9m),
        };
        return new(pair.Symbol, pair.Morning.Sentiment, pair.Morning.Confidence, pair.Current.Sentiment, pair.Current.Confidence, performance, score);
    }

    private static IntradayComparison Compare(Pair pair) => new(
        pair.Symbol,
        new(pair.Morning.Sentiment, pair.Morning.Confidence),
        new(pair.Current.Sentiment, pair.Current.Confidence),
        new(pair.Status switch { "incomplete" => null, var status => status == "consistent" }, pair.Change, pair.Status));

    private static LiveCalls Score(DailyAnalysis morning, IReadOnlyDictionary<string, DayMove> moves)
    {
        var calls = morning.Symbols.Where(Call.IsCall).ToList();
        var decided = calls
            .Select(call => (call.Symbol, Lean: Lean.Of(call.Sentiment)!.Value, Change: moves.GetValueOrDefault(call.Symbol)?.Change ?? 0))
            .Where(call => call.Change != 0)
            .ToList();
        var wrong = decided.FindAll(call => Math.Sign(call.Change) != call.Lean);
        var correct = decided.Count - wrong.Count;
        return new(
            calls.Count,
            correct,
            wrong.Count,
            calls.Count - decided.Count,
            Percent.Of(correct, decided.Count),
            [.. wrong.Select(call => new Divergence(
                call.Symbol,
                Lean.ToDirection(call.Lean)!,
                Percent.Of(call.Change)!.Value,
                Math.Abs(call.Change) > ReportThresholds.HighDivergence ? "high" : "medium"))]);
    }

    private sealed record Pair(string Symbol, AnalyzedSymbol Morning, AnalyzedSymbol Current)
    {
        /// <summary>A neutral side goes with either.</summary>
        public string Status => !Morning.IsUsable || !Current.IsUsable
            ? "incomplete"
            : Lean.Of(Morning.Sentiment) * Lean.Of(Current.Sentiment) < 0 ? "reversed" : "consistent";

        public decimal? Change => Current.Confidence - Morning.Confidence;

        public bool LostDirection => Lean.Of(Morning.Sentiment) != 0 && Lean.Of(Current.Sentiment) == 0;
    }
}
