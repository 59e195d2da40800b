using System.Text.Json.Nodes;
using static TraderHub.LocalHost.Demo.Simulated.Wire;

namespace TraderHub.LocalHost.Demo.Simulated;

/// <summary>What an account was worth, and what it earned: <c>portfolio</c>.</summary>
internal static class PortfolioAnswers
{
    private static readonly (string Name, TimeSpan? Length, int Points)[] Periods =
    [
        ("day", TimeSpan.FromDays(1), 13),
        ("week", TimeSpan.FromDays(7), 56),
        ("month", TimeSpan.FromDays(30), 45),
        ("allTime", null, 60),
    ];

    /// <summary>The four periods of the whole account, and the same of the perpetuals alone; the last point of each is now.</summary>
    public static JsonArray Portfolio(SimulatedHistory history, DateTimeOffset now) =>
    [
        .. Periods.Select(period => Period(history, period.Name, PointsOf(history, period, now), ofPerps: false)),
        .. Periods.Select(period => Period(history, $"perp{char.ToUpperInvariant(period.Name[0])}{period.Name[1..]}", PointsOf(history, period, now), ofPerps: true)),
    ];

    private static JsonArray Period(SimulatedHistory history, string name, List<DateTimeOffset> points, bool ofPerps)
    {
        var first = points[0];
        var start = ValueAt(first);
        var traded = history.Fills.Where(fill => fill.Time > first && fill.Time <= points[^1] && (!ofPerps || SimulatedListings.Perps.Any(perp => perp.Name == fill.Market)));
        return new JsonArray(name, new JsonObject
        {
            ["accountValueHistory"] = List(points.Select(point => Point(point, ValueAt(point)))),
            ["pnlHistory"] = List(points.Select(point => Point(point, ValueAt(point) - start - FlowUntil(point)))),
            ["vlm"] = Text(traded.Sum(fill => fill.Price * fill.Size)),
        });

        decimal ValueAt(DateTimeOffset at) => ofPerps ? history.At(at).PerpsValueAt(at) : history.At(at).ValueAt(at);

        decimal FlowUntil(DateTimeOffset at) =>
            history.Ledger.Where(update => update.Time > first && update.Time <= at).Sum(update => ofPerps ? update.PerpsFlow : update.Flow);
    }

    private static List<DateTimeOffset> PointsOf(SimulatedHistory history, (string Name, TimeSpan? Length, int Points) period, DateTimeOffset now)
    {
        var opened = history.Ledger.Count > 0 ? history.Ledger[0].Time.AddSeconds(-1) : now.AddDays(-1);
        var from = period.Length is { } length ? now - length : opened;
        return [.. Enumerable.Range(0, period.Points).Select(index => from + ((now - from) * index / (period.Points - 1)))];
    }

    private static JsonArray Point(DateTimeOffset at, decimal amount) => new(at.ToUnixTimeMilliseconds(), Text(amount));
}
