using System.Globalization;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Market;

/// <summary>Reads prices and indices. A chart is asked for once a minute, so that a broadcast to many asks once.</summary>
public sealed class ReadMarket(ReadIndex readIndex, IPriceChartSource charts, TimeProvider clock) : IReadMarket
{
    private static readonly TimeSpan ChartSharedFor = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan FailureSharedFor = TimeSpan.FromSeconds(10);

    private static readonly string TooFewDays = string.Create(
        CultureInfo.InvariantCulture, $"there are prices of fewer than {SignalRules.FewestBars} days.");

    private readonly SharedReads<string, ChartAnswer> shared = new(clock);

    /// <inheritdoc />
    public Task<FearGreedReading?> ReadIndexAsync(FearGreedMarket market, CancellationToken cancellationToken) =>
        readIndex.ExecuteAsync(market, cancellationToken);

    /// <inheritdoc />
    public async Task<TradingSignal> ReadSignalAsync(string ticker, HeldPosition? position, CancellationToken cancellationToken)
    {
        var reading = readIndex.ExecuteAsync(FearGreedMarket.Stocks, cancellationToken);
        var chart = await shared.GetAsync(
            ticker, () => ReadChartAsync(ticker), answer => answer.Figures is null ? FailureSharedFor : ChartSharedFor, cancellationToken);
        var index = await reading;
        return (chart.Figures, index) switch
        {
            (null, _) => DecideSignal.Unavailable(ticker, position, chart.Failure, index),
            (_, null) => DecideSignal.Unavailable(ticker, position, "the Fear & Greed index of stocks cannot be read.", index: null),
            ({ } figures, { } known) => DecideSignal.Of(ticker, figures, known, position),
        };
    }

    private async Task<ChartAnswer> ReadChartAsync(string ticker)
    {
        try
        {
            return new(MarketFigures.Of(await charts.ReadAsync(ticker, CancellationToken.None)), TooFewDays);
        }
        catch (UpstreamException exception)
        {
            return new(null, exception.Message);
        }
    }

    /// <summary>What came of asking for a chart.</summary>
    private sealed record ChartAnswer(MarketFigures? Figures, string Failure);
}
