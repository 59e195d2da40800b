using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Chats;

/// <summary>Watchlists as they are stored, without a default or a limit.</summary>
public interface IWatchlistRepository
{
    /// <summary>A chat's tickers in the order that they were added in; none when it has no watchlist.</summary>
    /// <exception cref="UnreadableDataException">They are there and cannot be read.</exception>
    Task<IReadOnlyList<string>> GetAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>Adds a ticker, in upper case.</summary>
    /// <exception cref="StorageConstraintException">It is there already.</exception>
    /// <exception cref="UnavailableException">It was not acknowledged.</exception>
    Task AddAsync(string chatId, string ticker, CancellationToken cancellationToken);

    /// <summary>Removes a ticker, if it is there.</summary>
    /// <exception cref="UnavailableException">It was not acknowledged.</exception>
    Task RemoveAsync(string chatId, string ticker, CancellationToken cancellationToken);

    /// <summary>Removes all of a chat's tickers.</summary>
    /// <exception cref="UnavailableException">It was not acknowledged.</exception>
    Task ClearAsync(string chatId, CancellationToken cancellationToken);
}
