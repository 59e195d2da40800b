using System.Text.Json;
using TraderHub.Core.Migration.Entities;

namespace TraderHub.Core.Signals.Migration;

/// <summary>A chat's watchlist: <c>watchlist:{chatId}</c>, a list of tickers.</summary>
public sealed class WatchlistEntity : IEntity<IReadOnlyList<string>>
{
    /// <inheritdoc />
    public string Name => "signals.watchlists";

    /// <inheritdoc />
    public string Prefix => "watchlist:";

    /// <inheritdoc />
    public bool KeepsRows => false;

    /// <inheritdoc />
    public bool KeepsText => false;

    /// <inheritdoc />
    public bool Owns(string key) => ChatKeys.Owns(Prefix, key);

    /// <inheritdoc />
    public Parsed<IReadOnlyList<string>> Parse(string key, ReadOnlyMemory<byte> value) => JsonList.Parse<string>(value, Read, ticker => ticker);

    /// <inheritdoc />
    public byte[] Render(IReadOnlyList<string> value, IReadOnlyList<RejectedElement> rejected) =>
        JsonList.Render(value, rejected, (writer, ticker) => writer.WriteStringValue(ticker));

    private static string? Read(JsonElement element, out string ticker)
    {
        ticker = StrictJson.TryGetText(element, out var text) ? Ticker.Normalize(text) ?? string.Empty : string.Empty;
        return ticker.Length == 0 ? "It is no ticker." : null;
    }
}
