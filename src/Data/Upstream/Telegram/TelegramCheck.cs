using TraderHub.Core.Operations.Health;
using TraderHub.Core.Signals.Telegram;

namespace TraderHub.Data.Upstream.Telegram;

/// <summary>Whether the Bot API answers and knows the bot.</summary>
internal sealed class TelegramCheck(ITelegramWebhook webhook) : IHealthCheck
{
    public string Service => "telegram";

    public string Part => TelegramTransport.Name;

    public bool IsEssential => false;

    public Task CheckAsync(CancellationToken cancellationToken) => webhook.ReadAsync(cancellationToken);
}
