using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Telegram.Moves;

/// <summary>
/// Moves a group to the supergroup that it has become. Telegram tells so up to three times, in an error and in two updates; the pair names the move, so that it is done
/// once. From the first step on everybody who asks for the old id is sent to the new one.
/// </summary>
public sealed class MoveChat(IMovedChats movedChats, IChatLinks links, EntityGroup group, MoveChatOperation operation, WriteKeys writeKeys) : IMoveChat
{
    /// <inheritdoc />
    /// <exception cref="ChatNotMovedException">A store did not answer; told again, it goes on.</exception>
    public async Task ExecuteAsync(string oldChatId, string newChatId, CancellationToken cancellationToken)
    {
        if (oldChatId == newChatId || !await movedChats.TryBeginAsync(oldChatId, newChatId, cancellationToken))
        {
            return;
        }

        var written = await writeKeys.ExecuteAsync(
            new(group, OperationId.Of("move", oldChatId, newChatId), operation, operation.Write(new(oldChatId, newChatId))), cancellationToken);
        if (written.Error is { } error)
        {
            throw new ChatNotMovedException(error);
        }

        await links.MoveAsync(oldChatId, newChatId, cancellationToken);
        await movedChats.EndAsync(oldChatId, newChatId, cancellationToken);
    }
}

/// <summary>A group's data could not be moved yet.</summary>
/// <param name="error">Why.</param>
public sealed class ChatNotMovedException(Error error) : Exception(error?.Detail);
