using NodaTime;
using TraderHub.Core.Jobs.Calendar;

namespace TraderHub.LocalHost.Demo;

/// <summary>Stock prices of our own making: every symbol has a trend and swings around it, and every day of it is always the same.</summary>
internal static class SimulatedStocks
{
    private const double Trend = 0.00045;

    private const double LongSwing = 0.09;

    private const double ShortSwing = 0.025;

    private static readonly LocalDate Start = new(2020, 1, 1);

    /// <summary>The price of a symbol at a moment of a session, in US dollars.</summary>
    public static decimal PriceAt(string symbol, Instant at)
    {
        var seed = symbol.Aggregate(17, (hash, letter) => ((hash * 31) + letter) % 9973);
        var days = (at - Start.AtMidnight().InUtc().ToInstant()).TotalDays;
        var drift = ((seed % 5) - 1) * Trend * days / 3;
        var swing = (LongSwing * Math.Sin(2 * Math.PI * ((days / (70 + (seed % 60))) + (seed / 997d))))
            + (ShortSwing * Math.Sin(2 * Math.PI * ((days / (7 + (seed % 4))) + (seed / 131d))));
        return decimal.Round((60 + (seed % 400)) * (decimal)Math.Exp(drift + swing), 2);
    }

    /// <summary>A session's prices up to a moment of it, seen every half hour.</summary>
    public static (decimal Open, decimal High, decimal Low) DayOf(string symbol, (Instant Open, Instant At) session)
    {
        var prices = new List<decimal>();
        for (var at = session.Open; at < session.At; at += Duration.FromMinutes(30))
        {
            prices.Add(PriceAt(symbol, at));
        }

        prices.Add(PriceAt(symbol, session.At));
        return (prices[0], prices.Max(), prices.Min());
    }

    /// <summary>How many shares change hands in a session up to a moment of it.</summary>
    public static long VolumeOf(string symbol, (Instant Open, Instant At) session) =>
        (long)((session.At - session.Open).TotalMinutes * (1000 + (double)(PriceAt(symbol, session.Open) % 7 * 150)));

    /// <summary>The year of sessions up to a moment; the last one is under way when the exchange is open.</summary>
    public static IEnumerable<(Instant Open, Instant At)> Sessions(Instant now)
    {
        var last = Core.Platform.BusinessDate.Of(now);
        foreach (var date in ExchangeCalendar.SessionDates(last.PlusYears(-1), last))
        {
            var session = ExchangeCalendar.SessionOn(date)!;
            if (session.Open <= now)
            {
                yield return (session.Open, Instant.Min(session.Close, now));
            }
        }
    }
}
