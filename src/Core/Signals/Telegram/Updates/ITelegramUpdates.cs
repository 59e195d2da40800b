using NodaTime;
using TraderHub.Core.Signals.Chats;

namespace TraderHub.Core.Signals.Telegram.Updates;

/// <summary>The updates that were received. Each is stored before Telegram is told so, and is done once.</summary>
public interface ITelegramUpdates
{
    /// <summary>Stores an update, unless it is stored; one without anything to do is stored as done.</summary>
    Task StoreAsync(IncomingUpdate update, CancellationToken cancellationToken);

    /// <summary>Takes a chat's updates for 30 seconds; false while somebody else has them. Whoever has them may take them again.</summary>
    /// <param name="chatId">The chat.</param>
    /// <param name="worker">Who takes them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<bool> TryClaimAsync(string chatId, string worker, CancellationToken cancellationToken);

    /// <summary>Gives a chat's updates back.</summary>
    Task ReleaseAsync(string chatId, string worker, CancellationToken cancellationToken);

    /// <summary>A chat's first update that is not done; null when there is none, or it is to be waited for.</summary>
    Task<WaitingUpdate?> FindNextAsync(string chatId, CancellationToken cancellationToken);

    /// <summary>Chats whose first update can be worked on now.</summary>
    Task<IReadOnlyList<string>> ListChatsAsync(int most, CancellationToken cancellationToken);

    /// <summary>Stores what was decided about an update, before it is done.</summary>
    Task SaveDecisionAsync(long updateId, UpdateDecision decision, CancellationToken cancellationToken);

    /// <summary>Marks an update done and adds what is to be answered, both or neither; nothing when it was done by somebody else.</summary>
    /// <param name="updateId">The update.</param>
    /// <param name="answers">What is to be answered.</param>
    /// <param name="atEnd">What is done in the same transaction, before the answers are added.</param>
    /// <param name="cancellationToken">Ends it; nothing is changed then.</param>
    Task CompleteAsync(long updateId, IReadOnlyList<OutgoingMessage> answers, Func<CancellationToken, Task>? atEnd, CancellationToken cancellationToken);

    /// <summary>Notes that an update failed: it is tried again after a while, and is set aside after ten times, so that later ones of its chat go on.</summary>
    Task FailAsync(long updateId, string error, CancellationToken cancellationToken);
}

/// <summary>An update that is not done.</summary>
/// <param name="Update">The update.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="Decision">What was decided about it and may have been done already; null when nothing was.</param>
public sealed record WaitingUpdate(IncomingUpdate Update, Instant ReceivedAt, UpdateDecision? Decision);

/// <summary>What was decided about an update: the change, on what, and what is answered once it is made.</summary>
/// <param name="Change">The change.</param>
/// <param name="Prepared">What becomes of the chat.</param>
/// <param name="Answers">The texts.</param>
public sealed record UpdateDecision(ChatChange Change, PreparedChange Prepared, IReadOnlyList<string> Answers);
