using TraderHub.Core.Platform;

namespace TraderHub.Core.Signals.Telegram.Updates;

/// <summary>
/// Takes an update from Telegram: once it is stored it is done, here or by the timer. What can be done while Telegram waits is done at once, and answered.
/// </summary>
public sealed class ReceiveUpdate(ITelegramUpdates updates, WorkChat workChat, ITelegramOutbox outbox, TimeProvider clock)
{
    /// <summary>How long an update is worked on while Telegram waits.</summary>
    public static readonly TimeSpan AtMost = TimeSpan.FromSeconds(5);

    /// <summary>How long its answers are sent while Telegram waits.</summary>
    public static readonly TimeSpan SendAtMost = TimeSpan.FromSeconds(2);

    /// <summary>Stores an update and works on its chat for a while.</summary>
    /// <exception cref="StorageException">It is not stored; Telegram repeats it.</exception>
    public async Task ExecuteAsync(IncomingUpdate update, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        await updates.StoreAsync(update, cancellationToken);
        if (update.ChatId is not { } chatId)
        {
            return;
        }

        using var time = new CancellationTokenSource(AtMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            if (await workChat.ExecuteAsync(chatId, either.Token))
            {
                await outbox.SendAsync(chatId, SendAtMost, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The update is stored; the timer goes on with it.
        }
        catch (StorageException)
        {
            // Logged where it happened. The update is stored, which is all that Telegram asks for.
        }
    }
}
