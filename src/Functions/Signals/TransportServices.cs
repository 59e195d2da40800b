using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Data.Platform;
using TraderHub.Data.Signals.Telegram;

namespace TraderHub.Functions.Signals;

internal static class TransportServices
{
    /// <summary>The Bot API, the outbox and what drives it.</summary>
    public static IServiceCollection AddSignalsTransport(this IServiceCollection services, SettingsReader settings) => services
        .AddTelegramData(settings)
        .AddSingleton<SendTelegramOutbox>();
}
