using System.Globalization;

namespace TraderHub.Bench.Migration;

/// <summary>Watchlists of five tickers, of which each change makes the last another.</summary>
internal static class Watchlists
{
    public const int Chats = 200;

    public static string ChatOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{100_000 + number % Chats}");

    public static string KeyOf(int number) => $"watchlist:{ChatOf(number)}";

    public static string ValueOf(int number) => $"""["SPY","AAPL","MSFT","NVDA","{LastOf(number)}"]""";

    public static string LastOf(int number) => string.Create(CultureInfo.InvariantCulture, $"T{number / Chats % 1000}");
}
