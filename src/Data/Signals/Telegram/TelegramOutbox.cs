using Microsoft.Extensions.Logging;
using TraderHub.Core.Signals.Telegram;

namespace TraderHub.Data.Signals.Telegram;

/// <summary>Sends what waits, to several chats at a time and to each in its order.</summary>
internal sealed partial class TelegramOutbox(
    ITelegramBot bot, OutboxRows rows, OutboxChats chats, DeliverMessage deliver, TimeProvider clock, ILogger<TelegramOutbox> logger) : ITelegramOutbox
{
    /// <summary>Enough for the API's rate when an answer takes a quarter of a second.</summary>
    private const int ChatsAtATime = 8;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Messages may be added while one waits.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public Task AddAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken) => rows.AddAsync(messages, cancellationToken);

    public async Task SendAsync(string chatId, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (!bot.IsConfigured)
        {
            return;
        }

        // A call that takes longer goes on by itself: broken off, its message would be sent again.
        var sending = SendDueAsync(chatId, atMost, cancellationToken);
        try
        {
            await sending.WaitAsync(atMost, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            _ = sending.ContinueWith(late => LogLate(chatId, late.Exception), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    public async Task SendAllAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (bot.IsConfigured)
        {
            await Task.WhenAll(Enumerable.Range(0, ChatsAtATime).Select(_ => SendDueAsync(chatId: null, atMost, cancellationToken)));
            await rows.RemoveOldAsync(cancellationToken);
        }
    }

    private async Task SendDueAsync(string? chatId, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (atMost - clock.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
        {
            var claim = chatId is null ? await chats.TryClaimAsync(cancellationToken) : await chats.TryClaimAsync(chatId, cancellationToken);
            if (claim is not null)
            {
                if (!await deliver.ExecuteAsync(claim, left))
                {
                    return;
                }

                continue;
            }

            if (await chats.FindWaitAsync(chatId, cancellationToken) is not { } wait || wait > left)
            {
                return;
            }

            // What can be sent already was given back just now by whoever had it, and is asked for again at once.
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait < ShortestPause ? ShortestPause : wait > LongestPause ? LongestPause : wait, clock, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending to chat {ChatId} failed after its request was answered")]
    private partial void LogLate(string chatId, Exception? exception);
}
