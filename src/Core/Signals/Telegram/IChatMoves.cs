namespace TraderHub.Core.Signals.Telegram;

/// <summary>The groups that have become supergroups, and therefore have another id.</summary>
public interface IChatMoves
{
    /// <summary>The id that a chat has now; its own when it has not moved.</summary>
    Task<string> ResolveAsync(string chatId, CancellationToken cancellationToken);
}
