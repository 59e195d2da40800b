using System.Globalization;
using Microsoft.Extensions.Logging;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Migration.Keys;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Chats;
using TraderHub.Core.Signals.Telegram;

namespace TraderHub.Data.Signals.Telegram;

/// <summary>Sends the next message of a claimed chat, and does what the answer asks for.</summary>
internal sealed partial class DeliverMessage(
    ITelegramBot bot, OutboxChats chats, OutboxRows rows, SendRate rate, IChatStore chatStore, IChatMoves moves, IMoveChat moveChat, ILogger<DeliverMessage> logger)
{
    private const int MostAttempts = 10;

    /// <summary>A claim that waits for its turn for longer could lose its lease while the call runs.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);

    /// <summary>Delivers it; false when nothing can be sent to anybody in the given time. It is not broken off: what was sent would be sent again.</summary>
    public async Task<bool> ExecuteAsync(ChatClaim claim, TimeSpan atMost)
    {
        if (await moves.FindAsync(claim.ChatId, CancellationToken.None) is { } newChatId)
        {
            await SettleAsync(claim, TimeSpan.Zero, () => rows.ReaddressAsync(claim.ChatId, newChatId, CancellationToken.None));
            return true;
        }

        if (await chats.FindNextAsync(claim.ChatId, CancellationToken.None) is not { } message)
        {
            await SettleAsync(claim, TimeSpan.Zero, () => Task.CompletedTask);
            return true;
        }

        if (!await rate.TryTakeAsync(atMost < LongestWait ? atMost : LongestWait, CancellationToken.None))
        {
            await SettleAsync(claim, TimeSpan.Zero, () => Task.CompletedTask);
            return false;
        }

        var outcome = await bot.SendAsync(claim.ChatId, message.Text, message.IsPlain == 0, CancellationToken.None);
        if (outcome.Kind != SendOutcomeKind.TooMany)
        {
            rate.Accept();
        }

        await FollowAsync(claim, message, outcome);
        return true;
    }

    private Task FollowAsync(ChatClaim claim, WaitingMessage message, SendOutcome outcome) => outcome.Kind switch
    {
        SendOutcomeKind.Sent => EndAsync(claim, message, "sent", error: null, isNotFound: false),
        SendOutcomeKind.TooMany => WaitAsync(claim, outcome),
        SendOutcomeKind.Moved => FollowUpAsync(claim, () => MoveAsync(claim, outcome.MovedTo!)),
        SendOutcomeKind.Gone => FollowUpAsync(claim, () => LeaveAsync(claim, message, outcome)),
        SendOutcomeKind.NotFound => EndAsync(claim, message, "failed", outcome.Description, isNotFound: true),
        SendOutcomeKind.BadMarkup when message.IsPlain == 0 => SettleAsync(
            claim with { TooMany = 0 },
            claim.Pause,
            () => chats.RetryAsync(message with { Text = TelegramText.ToPlain(message.Text), IsPlain = 1 }, outcome.Description, CancellationToken.None)),
        SendOutcomeKind.Failed => RetryAsync(claim, message, outcome),
        _ => EndAsync(claim, message, "failed", outcome.Description, isNotFound: null),
    };

    private Task<bool> EndAsync(ChatClaim claim, WaitingMessage message, string status, string? error, bool? isNotFound)
    {
        if (error is not null)
        {
            LogFailure(message.Id, claim.ChatId, error);
        }

        return SettleAsync(claim with { TooMany = 0 }, claim.Pause, async () =>
        {
            await chats.EndAsync(message.Id, status, error, CancellationToken.None);
            if (isNotFound is { } flag)
            {
                await chats.FlagAsync(claim.ChatId, flag, CancellationToken.None);
            }
        });
    }

    /// <summary>Waiting is no fault of the message and costs it no try.</summary>
    private async Task WaitAsync(ChatClaim claim, SendOutcome outcome)
    {
        var wait = outcome.RetryAfter ?? Backoff(claim.TooMany);
        await SettleAsync(claim with { TooMany = outcome.RetryAfter is null ? claim.TooMany + 1 : 0 }, wait, () => Task.CompletedTask);
        await rate.RefuseAsync(claim.ChatId, wait, CancellationToken.None);
    }

    private Task<bool> RetryAsync(ChatClaim claim, WaitingMessage message, SendOutcome outcome) => message.Attempts + 1 >= MostAttempts
        ? EndAsync(claim, message, "failed", outcome.Description ?? "no answer", isNotFound: null)
        : SettleAsync(
            claim with { TooMany = 0 },
            Backoff(message.Attempts),
            () => chats.RetryAsync(message with { Attempts = message.Attempts + 1 }, outcome.Description, CancellationToken.None));

    private async Task MoveAsync(ChatClaim claim, string newChatId)
    {
        await moveChat.ExecuteAsync(claim.ChatId, newChatId, CancellationToken.None);
        await SettleAsync(claim, TimeSpan.Zero, () => rows.ReaddressAsync(claim.ChatId, newChatId, CancellationToken.None));
    }

    private async Task LeaveAsync(ChatClaim claim, WaitingMessage message, SendOutcome outcome)
    {
        var operation = OperationId.Of("telegram-gone", $"{bot.BotId}", message.Id.ToString(CultureInfo.InvariantCulture));
        var changed = await chatStore.WriteAsync(operation, new Unsubscribe(claim.ChatId), prepared: null, isRetry: true, CancellationToken.None);
        if (changed.Error is { } refusal)
        {
            throw new UnavailableException(refusal);
        }

        LogGone(claim.ChatId, outcome.Description);
        await SettleAsync(claim, claim.Pause, () => chats.DropAsync(claim.ChatId, outcome.Description, CancellationToken.None));
    }

    /// <summary>What an answer asks for may itself not be possible now; the message then waits, and asks for it again.</summary>
    private async Task FollowUpAsync(ChatClaim claim, Func<Task> followUp)
    {
        try
        {
            await followUp();
        }
        catch (Exception exception) when (exception is StorageException or KeyValueException or UnavailableException or UpstreamException)
        {
            LogFollowUp(claim.ChatId, exception);
            await SettleAsync(claim, TimeSpan.FromSeconds(30), () => Task.CompletedTask);
        }
    }

    private async Task<bool> SettleAsync(ChatClaim claim, TimeSpan pause, Func<Task> write)
    {
        var isOurs = await chats.SettleAsync(claim, pause, write, CancellationToken.None);
        if (!isOurs)
        {
            LogLost(claim.ChatId);
        }

        return isOurs;
    }

    private static TimeSpan Backoff(long failures) =>
        failures > 8 ? LongestBackoff : TimeSpan.FromTicks(Math.Min(FirstBackoff.Ticks << (int)failures, LongestBackoff.Ticks));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Id} to chat {ChatId} could not be sent: {Reason}")]
    private partial void LogFailure(long id, string chatId, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Chat {ChatId} takes no messages any more, and is unsubscribed: {Reason}")]
    private partial void LogGone(string chatId, string? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What became of chat {ChatId} could not be stored; its messages wait")]
    private partial void LogFollowUp(string chatId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending to chat {ChatId} took longer than its lease; another sends its message again")]
    private partial void LogLost(string chatId);
}
