namespace TraderHub.Core.Signals.Telegram;

/// <summary>Works on updates and sends messages that wait, for most of a minute.</summary>
public sealed class SendTelegramOutbox(ITelegramBot bot, IWorkUpdates workUpdates, ITelegramOutbox outbox, TimeProvider clock)
{
    /// <summary>The next run begins a minute after this one.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(50);

    /// <summary>Does both until nothing is due, or the time is over.</summary>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        if (!bot.IsConfigured)
        {
            return;
        }

        // Together, so that slow updates do not keep messages waiting, nor a slow API the updates.
        var started = clock.GetTimestamp();
        await Task.WhenAll(workUpdates.ExecuteAsync(AtMost, cancellationToken), outbox.SendAllAsync(AtMost, cancellationToken));
        await outbox.SendAllAsync(AtMost - clock.GetElapsedTime(started), cancellationToken);
    }
}
