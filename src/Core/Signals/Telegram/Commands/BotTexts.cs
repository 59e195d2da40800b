using System.Globalization;
using NodaTime;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Market;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Telegram.Commands;

/// <summary>The bot's texts, in Telegram's HTML. Every value in them is escaped.</summary>
public static class BotTexts
{
    /// <summary>How tickers are written.</summary>
    public const string TickerRule = "a ticker has 1 to 10 letters or digits, with dots between, such as SPY or BRK.B";

    /// <summary>What the commands are.</summary>
    public const string Help = """
        <b>Commands</b>
        /start – receive the signals of your watchlist
        /stop – receive no more signals; your data stay
        /now – the signals of your watchlist, <code>/now SPY</code> for one ticker
        /watchlist – your tickers; <code>/watchlist add SPY</code>, <code>/watchlist remove SPY</code>
        /execute – record what you did: <code>/execute SPY 400.50</code>, with a date <code>/execute SPY 400.50 2026-01-15</code>
        /executions – what you recorded, <code>/executions SPY</code> for one ticker
        /link – <code>/link CODE</code> connects this chat to your TraderHub account
        /forget – delete everything that is stored about this chat
        """;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A refusal.</summary>
    public static string Refused(Error refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return $"❌ {TelegramText.Escape(refusal.Detail)}";
    }

    /// <summary>Input that is not valid.</summary>
    public static string Invalid(string problem, string example) => $"❌ {TelegramText.Escape(problem)}\nExample: <code>{TelegramText.Escape(example)}</code>";

    /// <summary>A price with two digits, as the documents have it.</summary>
    public static string Price(double price) => string.Create(Culture, $"${price:0.00}");

    /// <summary>A moment's date in UTC.</summary>
    public static string Date(long milliseconds) => Instant.FromUnixTimeMilliseconds(milliseconds).InUtc().Date.ToIso();

    /// <summary>An execution in one line.</summary>
    public static string Execution(ExecutedSignal execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        return $"{(execution.SignalType == "BUY" ? "🟢" : "🔴")} {execution.SignalType} {execution.Ticker} {Price(execution.ExecutionPrice)} {Date(execution.ExecutionDate)}";
    }

    /// <summary>The index, with its age when it is not fresh.</summary>
    public static string Index(FearGreedReading index, Instant now)
    {
        ArgumentNullException.ThrowIfNull(index);
        var name = index.Market == FearGreedMarket.Stocks ? "Fear &amp; Greed Index" : "Crypto Fear &amp; Greed Index";
        var age = index.IsStale ? $" (from {Age(now - index.FetchedAt)} ago: the source does not answer)" : string.Empty;
        return string.Create(Culture, $"<b>{name}: {index.Score:0.00}%</b> {TelegramText.Escape(index.Rating.ToUpperInvariant())}{age}");
    }

    /// <summary>A signal with its reasons.</summary>
    public static string Signal(TradingSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (signal.Kind == SignalKind.Unavailable)
        {
            return $"⚪ <b>{signal.Ticker}: UNAVAILABLE</b>\n{TelegramText.Escape(signal.Reasoning)}";
        }

        var lines = new List<string> { $"{Icon(signal.Kind)} <b>{signal.Ticker}: {signal.Kind.ToString().ToUpperInvariant()}</b> at {Price(signal.CurrentPrice!.Value)}" };
        if (signal.EntryPrice is { } entry)
        {
            lines.Add($"Entry {Price(entry)}, sell target {Price(signal.SellTarget ?? entry)}");
        }

        if (signal.Indicators is { } indicators)
        {
            lines.Add($"SMA 20/50/100/200: {Price(indicators.Sma20)} / {Price(indicators.Sma50)} / {Price(indicators.Sma100)} / {Price(indicators.Sma200)}");
            lines.Add($"Bollinger: {Price(indicators.BollingerLower)} – {Price(indicators.BollingerUpper)}");
        }

        lines.Add(TelegramText.Escape(signal.Reasoning));
        return string.Join('\n', lines);
    }

    private static string Icon(SignalKind kind) => kind switch { SignalKind.Buy => "🟢", SignalKind.Sell => "🔴", _ => "🟡" };

    private static string Age(Duration age) =>
        age.TotalHours >= 1 ? string.Create(Culture, $"{(int)age.TotalHours} h {age.Minutes} min") : string.Create(Culture, $"{Math.Max(1, (int)age.TotalMinutes)} min");
}
