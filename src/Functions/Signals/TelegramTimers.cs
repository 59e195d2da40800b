using Microsoft.Azure.Functions.Worker;

namespace TraderHub.Functions.Signals;

/// <summary>The schedule of the bot's updates and messages, in UTC.</summary>
public sealed class TelegramTimers(Core.Signals.Telegram.SendTelegramOutbox sendTelegramOutbox)
{
    /// <summary>Every minute; a missed run is left out, for the next one does its work too.</summary>
    [Function(nameof(SendTelegramOutbox))]
    public Task SendTelegramOutbox([TimerTrigger("0 */1 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        timer?.IsPastDue is true ? Task.CompletedTask : sendTelegramOutbox.ExecuteAsync(cancellationToken);
}
