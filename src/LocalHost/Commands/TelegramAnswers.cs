using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Spectre.Console;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Telegram;

namespace TraderHub.LocalHost.Commands;

/// <summary>What <c>telegram status</c> answers.</summary>
internal sealed record TelegramStatus(WebhookState Webhook, TelegramQueueCounts Counts, IReadOnlyList<FailedUpdate> FailedUpdates);

/// <summary>Writes the answers of the <c>telegram</c> commands.</summary>
internal static partial class TelegramAnswers
{
    public static void WriteDone(string sentence, bool asJson) => Console.WriteLine(asJson ? """{"status":"done"}""" : sentence);

    public static void Write(TelegramStatus status, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(status, StatusJson.Default.TelegramStatus));
            return;
        }

        var (webhook, counts) = (status.Webhook, status.Counts);
        Console.WriteLine($"The bot is @{webhook.BotName} ({webhook.BotId}).");
        Console.WriteLine(webhook.Url is null ? "No webhook is set: telegram set-webhook <url>." : $"Updates are brought to {webhook.Url}; {webhook.WaitingUpdates} wait at Telegram.");
        if (webhook.LastErrorAt is { } at)
        {
            Console.WriteLine($"Bringing one last failed at {Instant.FromUnixTimeSeconds(at).ToIso()}: {webhook.LastError}");
        }

        Console.WriteLine($"Updates: {counts.WaitingUpdates} wait, {counts.FailedUpdates} have failed. Messages: {counts.WaitingMessages} wait, {counts.FailedMessages} have failed.");
        if (status.FailedUpdates.Count > 0)
        {
            var table = new Table().AddColumns("update", "chat", "received at", "error");
            foreach (var update in status.FailedUpdates)
            {
                table.AddRow($"{update.UpdateId}", Markup.Escape(update.ChatId ?? "-"), Instant.FromUnixTimeMilliseconds(update.ReceivedAt).ToIso(), Markup.Escape(update.Error ?? "-"));
            }

            AnsiConsole.Write(table);
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(TelegramStatus))]
    private sealed partial class StatusJson : JsonSerializerContext;
}
