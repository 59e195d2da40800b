using NodaTime;

namespace TraderHub.Core.Jobs.Quotes;

/// <summary>A day's closing price; on the current day the last price so far.</summary>
/// <param name="Date">The exchange's date; for coins the date in UTC.</param>
/// <param name="Close">The price, adjusted for splits.</param>
public sealed record Candle(LocalDate Date, decimal Close);

/// <summary>A symbol's daily prices.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Candles">Oldest first, each date once.</param>
public sealed record PriceHistory(MarketSymbol Symbol, IReadOnlyList<Candle> Candles)
{
    /// <summary>The same history as it was known when a day began: what an analysis of that morning may look at.</summary>
    public PriceHistory Before(LocalDate date) => this with { Candles = [.. Candles.TakeWhile(candle => candle.Date < date)] };

    /// <summary>The same history without what came after a day.</summary>
    public PriceHistory UpTo(LocalDate date) => Before(date.PlusDays(1));

    /// <summary>The change of a day against the price before it, as a fraction; null when either is not there.</summary>
    public DayMove? MoveOn(LocalDate date)
    {
        for (var i = 1; i < Candles.Count; i++)
        {
            if (Candles[i].Date == date && Candles[i - 1].Close > 0)
            {
                return new(Candles[i].Close, (Candles[i].Close / Candles[i - 1].Close) - 1);
            }
        }

        return null;
    }
}

/// <summary>What a day did to a price.</summary>
/// <param name="Close">The price at its end.</param>
/// <param name="Change">The change against the price before, as a fraction.</param>
public sealed record DayMove(decimal Close, decimal Change);
