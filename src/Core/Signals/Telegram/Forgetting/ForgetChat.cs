using NodaTime;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Entities;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Migration.MultiKey;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Migration;

namespace TraderHub.Core.Signals.Telegram.Forgetting;

/// <summary>
/// Deletes everything that is stored of a chat, in both stores and for good. Each step can be made again, and the update that asked for it is done only in the transaction of
/// the last one: after a kill the whole is repeated.
/// </summary>
public sealed class ForgetChat(
    IChatRecords records, IChatLinks links, EntityGroup group, ForgetChatOperation operation, WriteKeys writeKeys, HeadedStore heads, TimeProvider clock)
{
    /// <summary>How long after it was asked for it can be confirmed.</summary>
    public static readonly Duration AskedFor = Duration.FromMinutes(5);

    private const int MostTries = 5;

    /// <summary>Notes that a chat asks for it.</summary>
    public Task AskAsync(string chatId, CancellationToken cancellationToken) => records.SetForgetAskedAsync(chatId, clock.GetInstant(), cancellationToken);

    /// <summary>Whether a confirmation of a moment follows what the chat has asked for.</summary>
    public async Task<bool> MayBeConfirmedAsync(string chatId, Instant at, CancellationToken cancellationToken) =>
        await records.FindForgetAskedAsync(chatId, cancellationToken) is { } asked && at - asked <= AskedFor;

    /// <summary>Deletes the chat's keys, and what an earlier owner still has of them.</summary>
    public async Task<Error?> DeleteKeysAsync(string chatId, CancellationToken cancellationToken)
    {
        // Nobody repeats this one: what is there is deleted each time.
        var written = await writeKeys.ExecuteAsync(new(group, OperationId.New(), operation, operation.Write(new(chatId))), cancellationToken);
        if (written.Error is { } error)
        {
            return error;
        }

        foreach (var key in ForgetChatOperation.OwnKeysOf(chatId))
        {
            await OverwriteAsync(key, copy => copy.State.DeletedAt is null ? ReadOnlyMemory<byte>.Empty : null, cancellationToken);
        }

        await OverwriteAsync(SubscriptionsEntity.Key, copy => ForgetChatOperation.Without(chatId, copy.Value), cancellationToken);
        await links.RemoveAsync(chatId, cancellationToken);
        return null;
    }

    /// <summary>Deletes the rows; the last step.</summary>
    public Task DeleteRowsAsync(string chatId, CancellationToken cancellationToken) => records.DeleteAsync(chatId, cancellationToken);

    /// <summary>
    /// Where SQL alone has the group, the key-value store still has what it had before. It is not read there any more, but a person who asks to be forgotten means that too.
    /// </summary>
    private async Task OverwriteAsync(string key, Func<KeyCopy, ReadOnlyMemory<byte>?> change, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MostTries; i++)
        {
            var copy = await heads.ReadAsync(key, cancellationToken);
            if (copy.StoreVersion is null || change(copy) is not { } value)
            {
                return;
            }

            var state = value.IsEmpty ? copy.State with { DeletedAt = clock.GetInstant().ToUnixTimeSeconds(), ExpiresAt = null } : copy.State;
            if (await heads.TryWriteAsync(key, copy, state, value, cancellationToken))
            {
                return;
            }
        }

        throw new KeyValueException(nameof(ForgetChat), KeyValueFailure.OutcomeUnknown);
    }
}
