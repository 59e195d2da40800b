using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Chats;

/// <summary>The positions of chats, one per ticker.</summary>
public interface IPositionRepository
{
    /// <summary>A chat's positions; the one that was set last is the last.</summary>
    /// <exception cref="UnreadableDataException">They are there and cannot be read.</exception>
    Task<IReadOnlyList<HeldPosition>> GetAllAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>The position that was set last; null when there is none.</summary>
    /// <exception cref="UnreadableDataException">It is there and cannot be read.</exception>
    Task<HeldPosition?> GetActivePositionAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>The position in a ticker; null when there is none.</summary>
    /// <exception cref="UnreadableDataException">It is there and cannot be read.</exception>
    Task<HeldPosition?> GetActivePositionAsync(string chatId, string ticker, CancellationToken cancellationToken);

    /// <summary>Sets the position in a ticker, in the place of the one there may be.</summary>
    /// <exception cref="UnavailableException">It was not acknowledged.</exception>
    Task SetActivePositionAsync(string chatId, string ticker, double entryPrice, CancellationToken cancellationToken);

    /// <summary>Ends the position in a ticker, if there is one.</summary>
    /// <exception cref="UnavailableException">It was not acknowledged.</exception>
    Task ClearActivePositionAsync(string chatId, string ticker, CancellationToken cancellationToken);
}
