using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Operations.Health;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Data.Platform;
using TraderHub.Data.Upstream.Telegram;

namespace TraderHub.Data.Signals.Telegram;

/// <summary>The Bot API, and the messages on their way to it.</summary>
public static class TelegramData
{
    /// <summary>Registers them; health knows of the bot when it is configured.</summary>
    public static IServiceCollection AddTelegramData(this IServiceCollection services, SettingsReader settings)
    {
        var options = TelegramOptions.Read(settings);
        if (options.IsComplete)
        {
            services.AddSingleton<IHealthCheck, TelegramCheck>();
        }

        return services
            .AddTelegramApi()
            .AddSingleton(options)
            .AddSingleton<TelegramBot>()
            .AddSingleton<ITelegramBot>(provider => provider.GetRequiredService<TelegramBot>())
            .AddSingleton<ITelegramWebhook>(provider => provider.GetRequiredService<TelegramBot>())
            .AddSingleton<ITelegramQueues, SqlTelegramQueues>()
            .AddSingleton<OutboxRows>()
            .AddSingleton<OutboxChats>()
            .AddSingleton<ITelegramChats>(provider => provider.GetRequiredService<OutboxChats>())
            .AddSingleton<SendRate>()
            .AddSingleton<DeliverMessage>()
            .AddSingleton<ITelegramOutbox, TelegramOutbox>();
    }

    private static IServiceCollection AddTelegramApi(this IServiceCollection services)
    {
        services
            .AddHttpClient<TelegramTransport>(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler(provider => new TelegramTokenHandler(provider.GetRequiredService<TelegramOptions>()))
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                handler.AllowAutoRedirect = false;

                // Without it no trace names a request, whose address has the token in it.
                handler.ActivityHeadersPropagator = null;
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services;
    }
}
