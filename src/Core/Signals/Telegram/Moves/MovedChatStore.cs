using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;

namespace TraderHub.Core.Signals.Telegram.Moves;

/// <summary>
/// Chats of which some have moved. A change is made under the id that its chat has when it is asked for; a chat that moves at that moment may be written after its old keys
/// were sealed, and what was written there is moved too before it is acknowledged.
/// </summary>
public sealed class MovedChatStore(IChatStore chats, IChatMoves moves, MoveChat moveChat) : IChatStore
{
    /// <inheritdoc />
    public Task<ChatState> ReadAsync(string chatId, CancellationToken cancellationToken) => chats.ReadAsync(chatId, cancellationToken);

    /// <inheritdoc />
    public Task<Result<PreparedChange>> PrepareAsync(ChatChange change, CancellationToken cancellationToken) => chats.PrepareAsync(change, cancellationToken);

    /// <inheritdoc />
    public async Task<Result<ChatChanged>> WriteAsync(
        OperationId operation, ChatChange change, PreparedChange? prepared, bool isRetry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var written = await chats.WriteAsync(operation, change, prepared, isRetry, cancellationToken);
        if (written.Error is null && await moves.FindAsync(change.ChatId, cancellationToken) is { } newChatId)
        {
            await moveChat.MoveLateAsync(change.ChatId, newChatId, operation, cancellationToken);
        }

        return written;
    }
}
