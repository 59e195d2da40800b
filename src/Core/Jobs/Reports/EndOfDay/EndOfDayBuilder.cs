using System.Globalization;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Calendar;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Reports.EndOfDay;

/// <summary>Makes the end-of-day report. Every symbol is listed; only calls are scored, and only against a closing price that is there.</summary>
public static class EndOfDayBuilder
{
    /// <summary>The report.</summary>
    /// <param name="session">The day's session.</param>
    /// <param name="morning">The morning's analysis.</param>
    /// <param name="closing">The analysis of the closing prices, for the next day.</param>
    /// <param name="moves">The day's changes, by symbol.</param>
    /// <param name="preMarketRunId">Which run the morning's analysis is from.</param>
    /// <param name="intradayRunId">The day's intraday run.</param>
    public static EndOfDayReport Build(
        ExchangeSession session,
        DailyAnalysis morning,
        DailyAnalysis closing,
        IReadOnlyDictionary<string, DayMove> moves,
        string? preMarketRunId,
        string? intradayRunId)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(morning);
        ArgumentNullException.ThrowIfNull(closing);
        var outcomes = morning.Symbols.Select(symbol => OutcomeOf(symbol, moves.GetValueOrDefault(symbol.Symbol))).ToList();
        var correct = outcomes.Count(outcome => outcome.Correct is true);
        var wrong = outcomes.Count(outcome => outcome.Correct is false);
        var accuracy = Percent.Of(correct, correct + wrong);
        var winners = Movers(moves, 1);
        var losers = Movers(moves, -1);
        return new(
            session.Close.ToIso(),
            outcomes.Count(outcome => outcome.Predicted is not null),
            correct + wrong,
            correct,
            wrong,
            accuracy,
            accuracy is { } percent ? ReportThresholds.Grade(percent) : null,
            winners,
            losers,
            outcomes,
            OutlookOf(closing, accuracy),
            Insights(correct, wrong, outcomes.Count(outcome => outcome.Status == "pending"), winners, losers),
            preMarketRunId,
            intradayRunId);
    }

    private static SignalOutcome OutcomeOf(AnalyzedSymbol symbol, DayMove? move)
    {
        var actual = move is null ? (int?)null : Math.Abs(move.Change) <= ReportThresholds.NeutralMove ? 0 : Math.Sign(move.Change);
        if (!symbol.IsUsable)
        {
            return new(symbol.Symbol, null, null, Percent.Of(move?.Change), Lean.ToDirection(actual), null, null, null, "failed");
        }

        var isCall = Call.IsCall(symbol);
        var lean = Lean.Of(symbol.Sentiment);
        return new(
            symbol.Symbol,
            symbol.Sentiment,
            Lean.ToDirection(lean),
            Percent.Of(move?.Change),
            Lean.ToDirection(actual),
            symbol.Confidence,
            ReportThresholds.SignalConfidence(symbol.Confidence!.Value),
            isCall && move is not null ? Math.Sign(move.Change) == lean : null,
            !isCall ? "not_scored" : move is null ? "pending" : "evaluated");
    }

    private static List<Mover> Movers(IReadOnlyDictionary<string, DayMove> moves, int direction) =>
    [
        .. moves
            .Where(move => direction * move.Value.Change > ReportThresholds.Mover)
            .OrderByDescending(move => direction * move.Value.Change)
            .ThenBy(move => move.Key, StringComparer.Ordinal)
            .Take(ReportThresholds.ListLength)
            .Select(move => new Mover(move.Key, Percent.Of(move.Value.Change)!.Value, move.Value.Close)),
    ];

    private static TomorrowOutlook OutlookOf(DailyAnalysis closing, decimal? accuracy)
    {
        var usable = closing.Symbols.Where(symbol => symbol.IsUsable).OrderByDescending(symbol => symbol.Confidence).ThenBy(symbol => symbol.Symbol, StringComparer.Ordinal).ToList();
        return new(
            Lean.Majority(usable),
            ReportThresholds.Volatility(accuracy),
            usable.Count == 0 ? null : ReportThresholds.OutlookConfidence(usable.Average(symbol => symbol.Confidence!.Value)),
            usable.Count == 0 ? null : $"{usable[0].Symbol} ({usable[0].Sentiment})");
    }

    private static List<string> Insights(int correct, int wrong, int pending, List<Mover> winners, List<Mover> losers)
    {
        List<string> insights =
        [
            correct + wrong == 0
                ? "No call could be scored."
                : string.Create(CultureInfo.InvariantCulture, $"{correct} of {correct + wrong} calls were right."),
        ];
        if (pending > 0)
        {
            insights.Add(string.Create(CultureInfo.InvariantCulture, $"{pending} calls have no closing price yet."));
        }

        insights.AddRange(winners.Take(1).Concat(losers.Take(1)).Select(mover =>
            string.Create(CultureInfo.InvariantCulture, $"{mover.Ticker} moved by {mover.ChangePercent:+0.00;-0.00} %.")));
        return insights;
    }
}
