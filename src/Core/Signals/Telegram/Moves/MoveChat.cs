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
    /// <exception cref="UnavailableException">A store did not answer; told again, it goes on.</exception>
    public async Task ExecuteAsync(string oldChatId, string newChatId, CancellationToken cancellationToken)
    {
        if (oldChatId == newChatId || !await movedChats.TryBeginAsync(oldChatId, newChatId, cancellationToken))
        {
            return;
        }

        await WriteAsync(OperationId.Of("move", oldChatId, newChatId), oldChatId, newChatId, cancellationToken);
        await links.MoveAsync(oldChatId, newChatId, cancellationToken);
        await movedChats.EndAsync(oldChatId, newChatId, cancellationToken);
    }

    /// <summary>Moves what somebody wrote to the old id who had asked for it before the move began, and came after its end.</summary>
    /// <param name="oldChatId">The old id.</param>
    /// <param name="newChatId">The new id.</param>
    /// <param name="write">What was written: it is moved once.</param>
    /// <param name="cancellationToken">Ends it; the write is repeated, and then moved.</param>
    /// <exception cref="UnavailableException">A store did not answer.</exception>
    public Task MoveLateAsync(string oldChatId, string newChatId, OperationId write, CancellationToken cancellationToken) =>
        WriteAsync(OperationId.Of("move", oldChatId, newChatId, write.ToString()), oldChatId, newChatId, cancellationToken);

    private async Task WriteAsync(OperationId id, string oldChatId, string newChatId, CancellationToken cancellationToken)
    {
        var written = await writeKeys.ExecuteAsync(new(group, id, operation, operation.Write(new(oldChatId, newChatId))), cancellationToken);
        if (written.Error is { } error)
        {
            throw new UnavailableException(error);
        }
    }
}
