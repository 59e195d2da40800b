using NodaTime;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Calendar;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Jobs.Reports;
using TraderHub.Core.Jobs.Reports.EndOfDay;
using TraderHub.Core.Jobs.Reports.Intraday;
using TraderHub.Core.Jobs.Reports.PreMarket;
using TraderHub.Core.Jobs.Reports.Weekly;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Tests.Jobs;

public sealed class ReportBuildersTests
{
    private static readonly LocalDate Date = new(2026, 11, 20);

    private static readonly ExchangeSession Session = ExchangeCalendar.SessionOn(Date)!;

    [Fact]
    public void PreMarket_HighConfidenceIsAboveSeventy_AndCallsAreFromSeventyOn()
    {
        var report = PreMarketBuilder.Build(Of(("A", "bullish", 0.70m), ("B", "bullish", 0.701m), ("C", "bearish", 0.70m), ("D", "neutral", 0.99m)));

        Assert.Equal(["D", "B"], report.HighConfidenceSignals.Select(signal => signal.Symbol));
        Assert.Equal((2, "bullish", 77m), (report.HighConfidenceCount, report.Bias, report.Confidence));
        Assert.Equal(["B", "A"], report.HighConfidenceUps);
        Assert.Equal(["C"], report.HighConfidenceDowns);
    }

    [Fact]
    public void PreMarket_WithoutAVerdict_HasNoNumbers()
    {
        var report = PreMarketBuilder.Build(Of(("A", null, null)));

        Assert.Equal((null, null, 1), (report.Bias, report.Confidence, report.FailedCount));
        Assert.Equal(["No symbol has a verdict today."], report.KeyInsights);
    }

    [Theory]
    [InlineData("bullish", 0.6, "bullish", 0.7, "strengthened", "1", "consistent")]
    [InlineData("bullish", 0.6, "bullish", 0.69, "on_track", "0.9", "consistent")]
    [InlineData("UP", 0.6, "bullish", 0.5, "weakened", "0.5", "consistent")]
    [InlineData("bullish", 0.6, "neutral", 0.9, "weakened", "0.5", "consistent")]
    [InlineData("neutral", 0.6, "bearish", 0.6, "on_track", "0.9", "consistent")]
    [InlineData("bullish", 0.9, "bearish", 0.9, "diverged", "0", "reversed")]
    [InlineData("bullish", 0.9, null, null, null, null, "incomplete")]
    [InlineData(null, null, "bullish", 0.9, null, null, "incomplete")]
    public void Intraday_ComparesTheMorningWithNow(string? morning, double? before, string? current, double? now, string? performance, string? score, string status)
    {
        var report = IntradayBuilder.Build(Of(("A", morning, (decimal?)before)), Of(("A", current, (decimal?)now)), Moves(), isOpen: true, "run");

        Assert.Equal((performance, score), (report.Symbols[0].Performance, report.Symbols[0].AccuracyScore?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(status, report.Comparisons[0].Comparison.Status);
        Assert.Equal(performance is null ? 1 : 0, report.IncompleteCount);
    }

    [Fact]
    public void Intraday_ScoresCallsAgainstPrices_AndCountsWhatHasNoneAsPending()
    {
        var morning = Of(("A", "bullish", 0.70m), ("B", "bullish", 0.8m), ("C", "bearish", 0.9m), ("D", "bearish", 0.69m), ("E", "bullish", 0.9m), ("F", "bearish", 0.9m));
        var report = IntradayBuilder.Build(morning, morning, Moves(("A", 0.01m), ("B", -0.021m), ("C", 0.02m), ("D", 0.5m), ("F", 0m)), isOpen: false, null);

        Assert.Equal((5, 1, 2, 2, 33m), (report.Calls.Total, report.Calls.Correct, report.Calls.Wrong, report.Calls.Pending, report.Calls.LiveAccuracy));
        Assert.Equal(["B high -2.10", "C medium 2.00"], report.Calls.Divergences.Select(divergence =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{divergence.Symbol} {divergence.Level} {divergence.ChangePercent:0.00}")));
        Assert.Equal(("closed", "on-track", 90m), (report.MarketStatus, report.ModelHealth, report.OverallAccuracy));
    }

    [Fact]
    public void EndOfDay_ListsEverySymbol_AndScoresOnlyCallsThatHaveAClose()
    {
        var morning = Of(("A", "bullish", 0.70m), ("B", "bearish", 0.9m), ("C", "neutral", 0.9m), ("D", "bullish", 0.69m), ("E", "bullish", 0.9m), ("F", null, null));
        var report = EndOfDayBuilder.Build(
            Session, morning, Of(("A", "bearish", 0.8m)), Moves(("A", 0.004m), ("B", 0.03m), ("C", -0.02m), ("D", -0.011m), ("F", 0m)), "morning", null);

        Assert.Equal(
            ["A evaluated True", "B evaluated False", "C not_scored ", "D not_scored ", "E pending ", "F failed "],
            report.SignalBreakdown.Select(outcome => $"{outcome.Ticker} {outcome.Status} {outcome.Correct}"));
        Assert.Equal((5, 2, 1, 1, 50m, "C"), (report.TotalSignals, report.EvaluatedCount, report.CorrectCalls, report.WrongCalls, report.OverallAccuracy, report.ModelGrade));
        Assert.Equal(["B"], report.TopWinners.Select(mover => mover.Ticker));
        Assert.Equal(["C", "D"], report.TopLosers.Select(mover => mover.Ticker));
        Assert.Equal(new TomorrowOutlook("bearish", "High", "High", "A (bearish)"), report.TomorrowOutlook);
        Assert.Equal("2026-11-20T21:00:00.000Z", report.MarketCloseTime);
        Assert.Null(report.SignalBreakdown[4].Actual);
    }

    [Fact]
    public void EndOfDay_WithNothingToScore_InventsNothing()
    {
        var report = EndOfDayBuilder.Build(Session, Of(("A", "neutral", 0.9m)), Of(("A", null, null)), Moves(), null, null);

        Assert.Equal((null, null), (report.OverallAccuracy, report.ModelGrade));
        Assert.Equal(new TomorrowOutlook(null, "Unknown", null, null), report.TomorrowOutlook);
        Assert.Empty(report.TopWinners);
    }

    [Theory]
    [InlineData(80, "A")]
    [InlineData(79, "A-")]
    [InlineData(75, "A-")]
    [InlineData(70, "B+")]
    [InlineData(65, "B")]
    [InlineData(60, "B-")]
    [InlineData(55, "C+")]
    [InlineData(50, "C")]
    [InlineData(49, "D")]
    [InlineData(0, "D")]
    public void Grade_HasTheOriginsSteps(int accuracy, string grade) => Assert.Equal(grade, ReportThresholds.Grade(accuracy));

    [Fact]
    public void Weekly_JoinsTheDays_AndNamesThoseThatAreMissing()
    {
        // Thanksgiving week: the Thursday is closed; the Tuesday has no report.
        var week = IsoWeek.Of(new(2026, 11, 23));
        var report = WeeklyBuilder.Build(week, [Day(23, 1, 1, 0.02m), Day(25, 3, 1, -0.01m), Day(27, 4, 0, 0.03m)]);

        Assert.Equal(
            ["2026-11-23 success ", "2026-11-24 missing ", "2026-11-25 success ", "2026-11-26 holiday Thanksgiving Day", "2026-11-27 success "],
            report.Days.Select(day => $"{day.Date} {day.Status} {day.Holiday}"));
        Assert.Equal(new WeeklyOverview(4, 3, 30), report.WeeklyOverview);
        Assert.Equal(new AccuracyMetrics(10, 8, 2, 80, "2026-11-27", "2026-11-23"), report.AccuracyMetrics);

        // 50, 75 and 100: mean 75, deviation 20.4; the second half's 87.5 is beyond the first's 50.
        Assert.Equal(new PatternAnalysis(2, 1, 79.6m, "strong"), report.PatternAnalysis);
        Assert.Equal("improving", report.Trend);
        Assert.Equal([new WeeklyMover("A", 4.01m)], report.TopPerformers);
        Assert.Empty(report.Underperformers);
    }

    [Fact]
    public void Weekly_OfTwoDays_HasNoTrend() =>
        Assert.Null(WeeklyBuilder.Build(IsoWeek.Of(Date), [Day(16, 1, 0, 0), Day(17, 0, 1, 0)]).Trend);

    private static DailyAnalysis Of(params (string Symbol, string? Sentiment, decimal? Confidence)[] symbols) => new(
        Date, [.. symbols.Select(symbol => new AnalyzedSymbol(symbol.Symbol, symbol.Sentiment, symbol.Confidence, null, null, null))], null, null, null);

    private static Dictionary<string, DayMove> Moves(params (string Symbol, decimal Change)[] moves) =>
        moves.ToDictionary(move => move.Symbol, move => new DayMove(100, move.Change));

    private static ReportedDay Day(int day, int correct, int wrong, decimal change)
    {
        var outcome = new SignalOutcome("A", "bullish", "up", 100 * change, null, 0.9m, "high", null, "evaluated");
        var report = new EndOfDayReport(
            "", 10, correct + wrong, correct, wrong, 100m * correct / (correct + wrong), null, [], [], [outcome], new(null, "Unknown", null, null), [], null, null);
        return new(new(2026, 11, day), report);
    }
}
