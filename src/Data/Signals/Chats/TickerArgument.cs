using TraderHub.Core.Signals;

namespace TraderHub.Data.Signals.Chats;

internal static class TickerArgument
{
    /// <summary>A ticker as it is stored.</summary>
    /// <exception cref="ArgumentException">It is none: callers check what they are sent.</exception>
    public static string Read(string ticker) =>
        Ticker.Normalize(ticker) ?? throw new ArgumentException($"'{ticker}' is no ticker: it {Ticker.Rule}", nameof(ticker));
}
