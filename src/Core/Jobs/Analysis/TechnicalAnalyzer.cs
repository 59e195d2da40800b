using System.Globalization;
using NodaTime;
using TraderHub.Core.Jobs.Quotes;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Jobs.Analysis;

/// <summary>
/// The built-in analyser: indicators vote, the votes are weighed, and the sum is the verdict. <c>docs/analysis.md</c> has the rules; the same candles give
/// the same numbers on every machine (rule R4).
/// </summary>
public sealed class TechnicalAnalyzer : IMarketAnalyzer
{
    /// <summary>The fewest prices that a verdict may rest on.</summary>
    public const int FewestCandles = 50;

    /// <summary>How old the last price may be, in days: over the longest closing there is, and not more.</summary>
    public const int OldestPrice = 7;

    /// <summary>How far from 0 the sum of the votes must be for a direction.</summary>
    public const decimal DirectionThreshold = 0.2m;

    private const decimal OverboughtStrength = 70;

    private const decimal OversoldStrength = 30;

    private const decimal FullMomentum = 0.05m;

    private const int Digits = 4;

    /// <inheritdoc />
    public string Name => "technical";

    /// <inheritdoc />
    public Task<IReadOnlyList<SymbolVerdict>> AnalyzeAsync(
        IReadOnlyList<PriceHistory> histories, LocalDate date, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SymbolVerdict>>([.. histories.Select(history => Analyze(history, date))]);

    private static SymbolVerdict Analyze(PriceHistory history, LocalDate date)
    {
        var symbol = history.Symbol.Text;
        if (history.Candles.Count < FewestCandles)
        {
            return Fail($"has {history.Candles.Count} daily prices; a verdict needs {FewestCandles}.");
        }

        var last = history.Candles[^1].Date;
        return Period.DaysBetween(last, date) > OldestPrice
            ? Fail($"has its last price on {last.ToIso()}, more than {OldestPrice} days before.")
            : new(symbol, Judge([.. history.Candles.Select(candle => candle.Close)]), null);

        SymbolVerdict Fail(string reason) => new(symbol, null, $"{symbol} {reason}");
    }

    private static Verdict Judge(ReadOnlySpan<decimal> closes)
    {
        var signals = SignalsOf(closes);
        var known = signals.Where(signal => signal.Vote is not null).ToList();
        var knownWeight = known.Sum(signal => signal.Weight);
        var score = known.Sum(signal => signal.Vote!.Value * signal.Weight) / knownWeight;
        var (sentiment, direction) = score switch
        {
            >= DirectionThreshold => (Sentiments.Bullish, Directions.Up),
            <= -DirectionThreshold => (Sentiments.Bearish, Directions.Down),
            _ => (Sentiments.Neutral, Directions.Neutral),
        };

        // A direction is at least as likely as not, surer the further the votes agree; a verdict that knows less is less sure.
        var certainty = direction == Directions.Neutral ? 1 - (Math.Abs(score) / (2 * DirectionThreshold)) : (1 + Math.Abs(score)) / 2;
        return new(sentiment, Round(certainty * knownWeight / signals.Sum(signal => signal.Weight)), direction, Explain(sentiment, known), signals);
    }

    private static Signal[] SignalsOf(ReadOnlySpan<decimal> closes)
    {
        var (short20, middle50, long200) = (Indicators.Average(closes, 20), Indicators.Average(closes, 50), Indicators.Average(closes, 200));
        var strength = Indicators.RelativeStrength(closes, 14);
        var band = Indicators.BollingerPosition(closes, 20, 2);
        var momentum = Indicators.Momentum(closes, 10);
        return
        [
            Of("sma_20", short20, Compare(closes[^1], short20), 0.20m),
            Of("sma_50", middle50, Compare(short20, middle50), 0.20m),
            Of("sma_200", long200, Compare(middle50, long200), 0.20m),
            Of("momentum_10", momentum, momentum is { } change ? Math.Clamp(change / FullMomentum, -1, 1) : null, 0.20m),
            Of("rsi_14", strength, strength is null ? null : strength > OverboughtStrength ? -1 : strength < OversoldStrength ? 1 : 0, 0.10m),
            Of("bollinger_20", band, band is null ? null : band > 1 ? -1 : band < 0 ? 1 : 0, 0.10m),
        ];
    }

    private static Signal Of(string type, decimal? value, decimal? vote, decimal weight) => new(type, Round(value), Round(vote), weight);

    private static decimal? Compare(decimal? left, decimal? right) => left is { } a && right is { } b ? a.CompareTo(b) : null;

    private static string Explain(string sentiment, List<Signal> known)
    {
        var text = known.Select(signal => string.Create(
            CultureInfo.InvariantCulture, $"{signal.Type} {signal.Value:0.####} ({(signal.Vote > 0 ? "up" : signal.Vote < 0 ? "down" : "neutral")})"));
        return $"{sentiment}: {string.Join(", ", text)}";
    }

    private static decimal? Round(decimal? number) => number is { } value ? Round(value) : null;

    private static decimal Round(decimal number) => decimal.Round(number, Digits, MidpointRounding.ToEven);
}
