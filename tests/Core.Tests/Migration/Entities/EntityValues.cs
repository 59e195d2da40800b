using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TraderHub.Core.Jobs.Migration;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Signals.Migration;
using TraderHub.Testing;

namespace TraderHub.Core.Tests.Migration.Entities;

/// <summary>Values of every entity: mostly such as it has, half-known ones, and anything.</summary>
internal static class EntityValues
{
    private static readonly Gen<string> Ids = Gen.OneOf(
        Gen.Choose(-2_000_000, 2_000_000).Select(id => id.ToString(CultureInfo.InvariantCulture)),
        Gen.Choose(0, 9).Select(id => $"\"{id}\""),
        Gen.Elements("\"@channel\"", "\"007\"", "\"a b\""));

    private static readonly Gen<string> Tickers = Gen.Elements("\"SPY\"", "\"spy\"", "\" aapl\"", "\"BRK.B\"", "\"MSFT\"", "\"not-one\"");

    private static readonly Gen<string> Prices = Gen.OneOf(
        Gen.Choose(1, 10_000_000).Select(cents => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture)),
        Gen.Elements("0.1", "1e21", "0.30000000000000004", "-0", "1e-7", "\"400.50\""));

    private static readonly Gen<string> Executions = AnyJson.ObjectOf(
        ("signalType", Gen.Elements("\"BUY\"", "\"SELL\"", "\"HOLD\"")),
        ("ticker", Tickers),
        ("executionPrice", Prices),
        ("executionDate", Gen.Elements("1763000000000", "0", "-5", "1763000000000.5", "99999999999999999")),
        ("signalPrice", Gen.OneOf(Prices, Gen.Constant("null"))));

    private static readonly Gen<string> Positions = AnyJson.ObjectOf(("ticker", Tickers), ("entryPrice", Prices));

    private static readonly Gen<string> Indexes = AnyJson.ObjectOf(
        ("data", AnyJson.ObjectOf(("rating", Gen.Constant("\"Fear\"")), ("score", Prices), ("previous_close", AnyJson.Text))),
        ("timestamp", Gen.Elements("1763000000000", "0", "\"2026\"")));

    /// <summary>Each entity with one of its keys, and what may stand there.</summary>
    public static IReadOnlyDictionary<string, (IEntity Entity, string Key, Gen<byte[]> Values)> All { get; } = new Dictionary<string, (IEntity, string, Gen<byte[]>)>
    {
        ["watchlists"] = (new WatchlistEntity(), "watchlist:123", AnyJson.Values(AnyJson.ListOf(Tickers))),
        ["subscriptions"] = (new SubscriptionsEntity(), "chat_ids", AnyJson.Values(AnyJson.ListOf(Ids))),
        ["executions"] = (new ExecutionsEntity(), "execution_history:123", AnyJson.Values(AnyJson.ListOf(Executions))),
        ["positions"] = (new PositionsEntity(), "active_position:123", AnyJson.Values(Positions, AnyJson.ListOf(Positions))),
        ["cache"] = (new FearGreedEntity(), "fear_greed_cache", AnyJson.Values(Indexes)),
        ["analysis"] = (new AnalysisEntity(), "analysis_2026-01-08", AnyJson.Values(Analyses())),
    };

    private static Gen<string> Analyses()
    {
        var confidence = Gen.Elements("0.83", "0", "1", "0.50", "0.1234567890123456789012345678", "\"0.8\"", "83");
        var entry = AnyJson.ObjectOf(
            ("sentiment", Gen.Elements("\"bullish\"", "\"\"", "null")),
            ("confidence", confidence),
            ("direction", Gen.Elements("\"up\"", "null")),
            ("reasoning", Gen.Elements("\"why\"", "\"say \\\"no\\\"\\n\"")),
            ("signals", AnyJson.Text),
            ("sentiment_analysis", AnyJson.ObjectOf(("sentiment", Gen.Elements("\"bearish\"")), ("confidence", confidence))));
        var entries = AnyJson.ObjectOf(("AAPL", entry), ("TSLA", entry), (string.Empty, entry));
        return Gen.OneOf(
            Gen.Elements(AnalysisShapes.All.Select(shape => shape.Json).ToArray()),
            AnyJson.ObjectOf(
                ("symbols_analyzed", Gen.Elements("[\"AAPL\",\"MSFT\",\"AAPL\"]", "[\"\",\"AAPL\"]", "[]")),
                ("trading_signals", entries),
                ("sentiment_signals", entries),
                ("analysis_time", Gen.Elements("\"2026-01-08T12:31:20.123456Z\"", "\"yesterday\"")),
                ("failures", AnyJson.ObjectOf(("MSFT", Gen.Constant("\"no data\""))))),
            AnyJson.ObjectOf(("symbols_analyzed", Gen.Constant("[\"AAPL\",\"MSFT\"]")), ("AAPL", entry)));
    }
}
