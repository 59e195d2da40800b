using TraderHub.Core.Migration.Ownership;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;

namespace TraderHub.Data.Signals.Chats;

internal sealed class WatchlistRepository(ManagedValues<IReadOnlyList<string>> watchlists) : IWatchlistRepository
{
    private static readonly BrokenConstraint OneOfEach = new(ConstraintKind.Unique, "watchlists(chat_id, ticker)");

    public async Task<IReadOnlyList<string>> GetAsync(string chatId, CancellationToken cancellationToken) =>
        (await watchlists.ReadAsync(KeyOf(chatId), cancellationToken)).Value ?? [];

    public Task AddAsync(string chatId, string ticker, CancellationToken cancellationToken)
    {
        var added = TickerArgument.Read(ticker);
        return watchlists.ChangeAsync(
            KeyOf(chatId), tickers => tickers.Contains(added) ? EngineWrites.NothingToWrite : (string[])[.. tickers, added], cancellationToken, OneOfEach);
    }

    public Task RemoveAsync(string chatId, string ticker, CancellationToken cancellationToken)
    {
        var removed = TickerArgument.Read(ticker);
        return watchlists.ChangeAsync(
            KeyOf(chatId), tickers => tickers.Contains(removed) ? (string[])[.. tickers.Where(other => other != removed)] : EngineWrites.NothingToWrite, cancellationToken);
    }

    public Task ClearAsync(string chatId, CancellationToken cancellationToken) =>
        watchlists.ChangeAsync(KeyOf(chatId), tickers => tickers.Count == 0 ? EngineWrites.NothingToWrite : Array.Empty<string>(), cancellationToken);

    private static string KeyOf(string chatId) => $"watchlist:{chatId}";
}
