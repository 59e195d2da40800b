using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TraderHub.Core.KeyValue;

namespace TraderHub.Data.Tests.Signals.Properties;

/// <summary>An execution as the bot wrote it.</summary>
internal sealed record BotExecution(string SignalType, string Ticker, double Price, long Date, double? SignalPrice);

/// <summary>A chat as the bot stored it.</summary>
internal sealed record BotChat(
    string Id, bool IsSubscribed, bool IsNumber, IReadOnlyList<string> Watchlist, IReadOnlyList<BotExecution> Executions, string? PositionTicker, double EntryPrice);

/// <summary>All that the bot stored: chats, and the index that it fetched last.</summary>
internal sealed record BotStore(IReadOnlyList<BotChat> Chats, double Score, long FetchedAt)
{
    /// <summary>Its keys and values, spelled by hand in the documented shapes.</summary>
    public IEnumerable<(string Key, string Value)> ToKeys()
    {
        yield return ("chat_ids", $"[{string.Join(',', Chats.Where(chat => chat.IsSubscribed).Select(chat => chat.IsNumber ? chat.Id : $"\"{chat.Id}\""))}]");
        yield return ("fear_greed_cache", string.Create(CultureInfo.InvariantCulture, $$"""{"data":{"rating":"Fear","score":{{Score}}},"timestamp":{{FetchedAt}}}"""));
        foreach (var chat in Chats)
        {
            if (chat.Watchlist.Count > 0)
            {
                yield return ($"watchlist:{chat.Id}", $"[{string.Join(',', chat.Watchlist.Select(ticker => $"\"{ticker}\""))}]");
            }

            if (chat.Executions.Count > 0)
            {
                yield return ($"execution_history:{chat.Id}", $"[{string.Join(',', chat.Executions.Select(Spell))}]");
            }

            if (chat.PositionTicker is { } ticker)
            {
                yield return ($"active_position:{chat.Id}", string.Create(CultureInfo.InvariantCulture, $$"""{"ticker":"{{ticker}}","entryPrice":{{chat.EntryPrice}}}"""));
            }
        }
    }

    public async Task PutAsync(IKeyValueStore store)
    {
        foreach (var (key, value) in ToKeys())
        {
            await store.PutAsync(key, Encoding.UTF8.GetBytes(value), PutOptions.None, CancellationToken.None);
        }
    }

    private static string Spell(BotExecution execution) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"signalType":"{{execution.SignalType}}","ticker":"{{execution.Ticker}}","executionPrice":{{execution.Price}},"executionDate":{{execution.Date}}{{(execution.SignalPrice is { } price ? string.Create(CultureInfo.InvariantCulture, $",\"signalPrice\":{price}") : string.Empty)}}}""");
}

/// <summary>What bots may have stored.</summary>
internal static class BotData
{
    public static readonly Gen<string> Tickers = Gen.Elements("SPY", "AAPL", "MSFT", "BRK.B", "NVDA", "A", "QQQ", "X1.Y2", "ABCDEFGHIJ");

    private static readonly Gen<double> Prices = Gen.OneOf(Gen.Choose(1, 10_000_000).Select(cents => cents / 100d), Gen.Elements(0.1, 0.30000000000000004, 1e-7, 1e12));

    private static readonly Gen<BotExecution> Executions =
        from isBuy in Gen.Elements(true, false)
        from ticker in Tickers
        from price in Prices
        from day in Gen.Choose(-1000, 30_000)
        from signalPrice in Gen.OneOf(Gen.Constant<double?>(null), Prices.Select(signal => (double?)signal))
        select new BotExecution(isBuy ? "BUY" : "SELL", ticker, price, day * 86_400_000L, signalPrice);

    private static readonly Gen<BotChat> Chats =
        from number in Gen.OneOf(Gen.Choose(1, 50).Select(small => (long)small), Gen.Elements(5216580805, -1001557900011, 4503599627370495))
        from isSubscribed in Gen.Elements(true, false)
        from isNumber in Gen.Elements(true, false)
        from watchlist in Tickers.ListOf()
        from executions in Executions.ListOf()
        from hasPosition in Gen.Elements(true, false)
        from ticker in Tickers
        from entryPrice in Prices
        select new BotChat(
            number.ToString(CultureInfo.InvariantCulture), isSubscribed, isNumber, [.. watchlist.Distinct().Take(6)], [.. executions.Take(6)], hasPosition ? ticker : null, entryPrice);

    public static readonly Gen<BotStore> Stores =
        from chats in Chats.ListOf()
        from score in Gen.Choose(0, 10_000)
        from hours in Gen.Choose(0, 400_000)
        select new BotStore([.. chats.DistinctBy(chat => chat.Id).Take(5)], score / 100d, hours * 3_600_000L);

    /// <summary>A store with at least one chat of which everything is known.</summary>
    public static readonly Gen<BotStore> FullStores =
        from store in Stores
        from executions in Executions.NonEmptyListOf()
        from watchlist in Tickers.NonEmptyListOf()
        from ticker in Tickers
        from price in Prices
        select store with { Chats = [.. store.Chats, new BotChat("777", IsSubscribed: true, IsNumber: true, [.. watchlist.Distinct()], [.. executions.Take(6)], ticker, price)] };

    /// <summary>Texts that mean something to a database where they are put into its language.</summary>
    public static readonly Gen<string> Injections =
        from text in Gen.Elements("'; DROP TABLE users; --", "' OR '1'='1", "1; DELETE FROM users", "' UNION SELECT * FROM users --", "\"; DROP TABLE cache; --", "%", "_", "\\'", "''", "@ChatId", "$1", "?1", ":x")
        from other in Gen.Choose(0, 999)
        select $"{text}{other}";
}
