using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Chats;

/// <summary>Groups that have become supergroups, which have new ids.</summary>
public interface IChatMoves
{
    /// <summary>The id that a chat has now; null when it is still the same.</summary>
    /// <exception cref="StorageException">The database cannot answer.</exception>
    Task<string?> FindAsync(string chatId, CancellationToken cancellationToken);
}
