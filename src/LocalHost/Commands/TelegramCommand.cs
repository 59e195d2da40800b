using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TraderHub.Core.Operations;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Telegram;
using TraderHub.Data.Upstream.Telegram;
using TraderHub.Functions;

namespace TraderHub.LocalHost.Commands;

/// <summary><c>telegram</c>: what an operator does for the bot.</summary>
internal static class TelegramCommand
{
    private const string Who = "command line";

    private static readonly Argument<string> UrlArgument = CreateUrlArgument();

    private static readonly Argument<long> IdArgument = new("id") { Description = "The id of an update that was set aside, as telegram status lists it." };

    public static Command Create()
    {
        var set = new Command("set-webhook", "Tell Telegram where to bring updates: the address of this server's /api/telegram/webhook.") { UrlArgument };
        set.SetAction(SetWebhookAsync);
        var status = new Command("status", "Show the bot and its webhook as Telegram knows them, and what waits or has failed here.");
        status.SetAction(ShowStatusAsync);
        var retry = new Command("retry", "Let an update that was set aside be tried again.") { IdArgument };
        retry.SetAction(RetryAsync);
        return new Command("telegram", "The Fear & Greed bot.") { set, status, retry };
    }

    private static async Task<int> SetWebhookAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var services = Compose(arguments, TelegramOptions.BotTokenKey, TelegramOptions.WebhookSecretKey);
        var url = new Uri(arguments.GetValue(UrlArgument)!);
        await services.PrepareStoresAsync(mayMigrate: true, cancellationToken);
        await services.GetRequiredService<ITelegramWebhook>().SetAsync(url, cancellationToken);
        await AuditAsync(services, "telegram set-webhook", url.Host);
        TelegramAnswers.WriteDone($"Telegram brings updates to {url}.", arguments.GetValue(CommandLine.JsonOption));
        return 0;
    }

    private static async Task<int> ShowStatusAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var services = Compose(arguments, TelegramOptions.BotTokenKey);
        await services.PrepareStoresAsync(mayMigrate: true, cancellationToken);
        var queues = services.GetRequiredService<ITelegramQueues>();
        var webhook = await services.GetRequiredService<ITelegramWebhook>().ReadAsync(cancellationToken);
        var answer = new TelegramStatus(webhook, await queues.CountAsync(cancellationToken), await queues.ListFailedAsync(cancellationToken));
        TelegramAnswers.Write(answer, arguments.GetValue(CommandLine.JsonOption));
        return 0;
    }

    private static async Task<int> RetryAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var services = Compose(arguments, TelegramOptions.BotTokenKey);
        await services.PrepareStoresAsync(mayMigrate: true, cancellationToken);
        var id = arguments.GetValue(IdArgument);
        if (!await services.GetRequiredService<ITelegramQueues>().RetryAsync(id, cancellationToken))
        {
            throw new InvalidDataException($"No update {id} of this bot has failed; telegram status lists those that have.");
        }

        await AuditAsync(services, "telegram retry", $"{id}");
        TelegramAnswers.WriteDone($"Update {id} waits to be tried again.", arguments.GetValue(CommandLine.JsonOption));
        return 0;
    }

    private static ServiceProvider Compose(ParseResult arguments, params string[] needed)
    {
        var services = CommandServices.Compose(arguments);
        var options = services.GetRequiredService<TelegramOptions>();
        var isMissing = needed.Where(key => (key == TelegramOptions.BotTokenKey ? options.BotToken : options.WebhookSecret) is null).ToList();
        return isMissing.Count == 0 ? services : throw new InvalidDataException($"The bot is not configured: {string.Join(" and ", isMissing)} must be set.");
    }

    private static Task AuditAsync(IServiceProvider services, string action, string subject) => services.GetRequiredService<IAuditLog>().TryAddAsync(
        new(TimeProvider.System.GetInstant(), Who, action, "done", subject, RemoteAddress: null, RequestId: null));

    private static Argument<string> CreateUrlArgument()
    {
        var argument = new Argument<string>("url") { Description = "An https address, such as https://traderhub.example.com/api/telegram/webhook." };
        argument.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.UserInfo.Length > 0)
            {
                result.AddError($"The url must be an https address such as https://traderhub.example.com/api/telegram/webhook, not '{text}'.");
            }
        });
        return argument;
    }
}
