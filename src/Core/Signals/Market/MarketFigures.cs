namespace TraderHub.Core.Signals.Market;

/// <summary>What a chart comes to.</summary>
/// <param name="CurrentPrice">The last price.</param>
/// <param name="Indicators">Averages and bands of the closes.</param>
/// <param name="HighestPrice">The highest price of the chart's days, which stands for the all-time high.</param>
public sealed record MarketFigures(double CurrentPrice, SignalIndicators Indicators, double HighestPrice)
{
    /// <summary>The figures of a chart; null when it has too few days.</summary>
    public static MarketFigures? Of(PriceChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return chart.Bars.Count < SignalRules.FewestBars
            ? null
            : new(chart.CurrentPrice, IndicatorsOf([.. chart.Bars.Select(bar => bar.Close)]), chart.Bars.Max(bar => bar.High));
    }

    private static SignalIndicators IndicatorsOf(double[] closes)
    {
        var recent = closes[^SignalRules.ShortAverage..];
        var middle = recent.Average();
        var width = SignalRules.BandWidth * Math.Sqrt(recent.Average(close => (close - middle) * (close - middle)));
        return new(
            middle,
            AverageOf(closes, SignalRules.MediumAverage),
            AverageOf(closes, SignalRules.LongAverage),
            AverageOf(closes, SignalRules.LongestAverage),
            middle + width,
            middle,
            middle - width);
    }

    private static double AverageOf(double[] closes, int days) => closes[^Math.Min(days, closes.Length)..].Average();
}
