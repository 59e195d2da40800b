using NodaTime;
using TraderHub.Core.Jobs.Analysis;
using TraderHub.Core.Jobs.Quotes;

namespace TraderHub.Core.Tests.Jobs;

public sealed class TechnicalAnalyzerTests
{
    private static readonly LocalDate Today = new(2026, 11, 20);

    [Fact]
    public async Task Analyze_AYearThatRises_IsBullish_WithEveryNumberReproducible()
    {
        var verdict = await JudgeAsync(Enumerable.Range(0, 250).Select(day => 100m + (day * 0.4m)));

        Assert.Equal((Sentiments.Bullish, Directions.Up), (verdict.Sentiment, verdict.Direction));
        Assert.Equal(
            [
                new Signal("sma_20", 195.8m, 1, 0.20m),
                new Signal("sma_50", 189.8m, 1, 0.20m),
                new Signal("sma_200", 159.8m, 1, 0.20m),
                new Signal("momentum_10", 0.0204m, 0.4090m, 0.20m),
                new Signal("rsi_14", 100, -1, 0.10m),
                new Signal("bollinger_20", 0.9119m, 0, 0.10m),
            ],
            verdict.Signals);

        // 0.2 + 0.2 + 0.2 + 0.2 * 0.4090 - 0.1 = 0.5818, and (1 + 0.5818) / 2 of it.
        Assert.Equal(0.7909m, verdict.Confidence);
    }

    [Fact]
    public async Task Analyze_AYearThatFalls_IsBearish()
    {
        var verdict = await JudgeAsync(Enumerable.Range(0, 250).Select(day => 200m - (day * 0.4m)));

        Assert.Equal((Sentiments.Bearish, Directions.Down), (verdict.Sentiment, verdict.Direction));
    }

    [Fact]
    public async Task Analyze_PricesThatGoNowhere_IsNeutral()
    {
        var verdict = await JudgeAsync(Enumerable.Range(0, 250).Select(_ => 100m));

        Assert.Equal((Sentiments.Neutral, Directions.Neutral), (verdict.Sentiment, verdict.Direction));
        Assert.Equal([null, null], verdict.Signals.Where(signal => signal.Vote is null).Select(signal => signal.Value));

        // Neither RSI nor the bands are defined: the verdict rests on 0.8 of the weight.
        Assert.Equal(0.8m, verdict.Confidence);
    }

    [Fact]
    public async Task Analyze_WithoutAYear_LeavesTheLongAverageUnknown_AndIsLessSure()
    {
        var full = await JudgeAsync(Enumerable.Range(0, 250).Select(day => 100m + (day * 0.4m)));
        var brief = await JudgeAsync(Enumerable.Range(150, 100).Select(day => 100m + (day * 0.4m)));

        var unknown = brief.Signals.Single(signal => signal.Type == "sma_200");
        Assert.Null(unknown.Value);
        Assert.Null(unknown.Vote);
        Assert.True(brief.Confidence < full.Confidence);
    }

    [Fact]
    public async Task Analyze_TooFewPrices_FailsThatSymbolAlone()
    {
        var verdicts = await new TechnicalAnalyzer().AnalyzeAsync(
            [HistoryOf("AAPL", Enumerable.Repeat(1m, 49), Today), HistoryOf("MSFT", Enumerable.Repeat(1m, 50), Today)], Today, CancellationToken.None);

        Assert.Equal(("AAPL has 49 daily prices; a verdict needs 50.", null), (verdicts[0].Failure, verdicts[0].Verdict));
        Assert.Null(verdicts[1].Failure);
        Assert.NotNull(verdicts[1].Verdict);
    }

    [Fact]
    public async Task Analyze_OldPrices_Fails()
    {
        var verdicts = await new TechnicalAnalyzer().AnalyzeAsync(
            [HistoryOf("AAPL", Enumerable.Repeat(1m, 50), Today.PlusDays(-7)), HistoryOf("MSFT", Enumerable.Repeat(1m, 50), Today.PlusDays(-8))], Today, CancellationToken.None);

        Assert.Null(verdicts[0].Failure);
        Assert.Equal("MSFT has its last price on 2026-11-12, more than 7 days before.", verdicts[1].Failure);
    }

    private static async Task<Verdict> JudgeAsync(IEnumerable<decimal> closes) =>
        (await new TechnicalAnalyzer().AnalyzeAsync([HistoryOf("AAPL", closes, Today)], Today, CancellationToken.None)).Single().Verdict!;

    private static PriceHistory HistoryOf(string symbol, IEnumerable<decimal> closes, LocalDate last)
    {
        Assert.True(MarketSymbol.TryParse(symbol, out var parsed));
        var prices = closes.ToList();
        return new(parsed, [.. prices.Select((close, day) => new Candle(last.PlusDays(day - prices.Count + 1), close))]);
    }
}
