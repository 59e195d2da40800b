using System.Text.Json.Nodes;
using static TraderHub.LocalHost.Demo.Simulated.Wire;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary><c>candleSnapshot</c>, of days.</summary>
internal static class CandleAnswers
{
    private static readonly TimeSpan Length = TimeSpan.FromDays(1);

    /// <summary>The days of UTC that are asked for, and have begun. What a price was between a day's begin and end shows in neither its high nor its low.</summary>
    public static JsonArray OfDays(string coin, InfoQuestion question, DateTimeOffset now)
    {
        var candles = new JsonArray();
        var last = question.End < now ? question.End : now;
        for (var begins = new DateTimeOffset(question.Start!.Value.UtcDateTime.Date, TimeSpan.Zero); begins <= last; begins += Length)
        {
            var ends = begins + Length - TimeSpan.FromMilliseconds(1);
            candles.Add(Candle(coin, begins, ends, now < ends ? now : ends));
        }

        return candles;
    }

    private static JsonObject Candle(string coin, DateTimeOffset begins, DateTimeOffset ends, DateTimeOffset until)
    {
        var (open, close) = (SimulatedMarket.PriceOf(coin, begins), SimulatedMarket.PriceOf(coin, until));
        return new()
        {
            ["t"] = begins.ToUnixTimeMilliseconds(),
            ["T"] = ends.ToUnixTimeMilliseconds(),
            ["s"] = coin,
            ["i"] = "1d",
            ["o"] = Text(open),
            ["c"] = Text(close),
            ["h"] = Text(Math.Max(open, close)),
            ["l"] = Text(Math.Min(open, close)),
            ["v"] = "0.0",
            ["n"] = 0,
        };
    }
}
