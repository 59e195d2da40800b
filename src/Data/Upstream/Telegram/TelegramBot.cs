using System.Text.Json;
using System.Text.Json.Nodes;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Telegram;

namespace TraderHub.Data.Upstream.Telegram;

/// <summary>The Bot API's methods that the bot uses.</summary>
internal sealed class TelegramBot(TelegramTransport transport, TelegramOptions options) : ITelegramBot, ITelegramWebhook
{
    private const int BadRequest = 400;

    /// <summary>Like <see cref="UnknownBot"/> it is about the token, which an operator can mend, and not about the message.</summary>
    private const int Unauthorized = 401;

    private const int Forbidden = 403;

    private const int UnknownBot = 404;

    private const int TooManyRequests = 429;

    /// <summary>The kinds of updates that are worked on. Service messages, such as a group's move, are messages.</summary>
    private static readonly string[] UpdateKinds = ["message", "my_chat_member"];

    private string? name = options.BotName;

    public bool IsConfigured => options.BotToken is not null;

    public long BotId => options.BotId;

    public async Task<SendOutcome> SendAsync(string chatId, string text, bool isHtml, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject { ["chat_id"] = chatId, ["text"] = text, ["link_preview_options"] = new JsonObject { ["is_disabled"] = true } };
        if (isHtml)
        {
            parameters["parse_mode"] = "HTML";
        }

        try
        {
            var answer = await transport.CallAsync("sendMessage", parameters, cancellationToken);
            return new(KindOf(answer)) { RetryAfter = answer.RetryAfter, MovedTo = answer.MovedTo, Description = answer.Description };
        }
        catch (UpstreamException exception)
        {
            return new(SendOutcomeKind.Failed) { Description = exception.Message };
        }
    }

    public async Task<string?> FindNameAsync(CancellationToken cancellationToken) =>
        name ??= await FindAsync("getMe", [], cancellationToken) is { } me ? TextOf(me, "username") : null;

    public async Task<string?> FindChatTitleAsync(string chatId, CancellationToken cancellationToken) =>
        await FindAsync("getChat", new() { ["chat_id"] = chatId }, cancellationToken) is not { } chat ? null
        : TextOf(chat, "username") is { } username ? $"@{username}"
        : TextOf(chat, "title") ?? (string.Join(' ', new[] { TextOf(chat, "first_name"), TextOf(chat, "last_name") }.OfType<string>()) is { Length: > 0 } person ? person : null);

    public async Task<bool?> IsAdministratorAsync(string chatId, long userId, CancellationToken cancellationToken) =>
        await FindAsync("getChatMember", new() { ["chat_id"] = chatId, ["user_id"] = userId }, cancellationToken) is { } member
            ? TextOf(member, "status") is "creator" or "administrator"
            : null;

    public async Task SetAsync(Uri url, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject
        {
            ["url"] = url.AbsoluteUri,
            ["secret_token"] = options.WebhookSecret ?? throw new InvalidOperationException($"{TelegramOptions.WebhookSecretKey} is not set."),
            ["allowed_updates"] = new JsonArray([.. UpdateKinds.Select(kind => JsonValue.Create(kind))]),
        };
        await RequireAsync("setWebhook", parameters, cancellationToken);
    }

    public async Task<WebhookState> ReadAsync(CancellationToken cancellationToken)
    {
        var me = await RequireAsync("getMe", [], cancellationToken);
        var webhook = await RequireAsync("getWebhookInfo", [], cancellationToken);
        return new(
            options.BotId,
            TextOf(me, "username") ?? string.Empty,
            TextOf(webhook, "url"),
            NumberOf(webhook, "pending_update_count") ?? 0,
            NumberOf(webhook, "last_error_date"),
            TextOf(webhook, "last_error_message")?.Replace(options.BotToken!, "***", StringComparison.Ordinal));
    }

    private static SendOutcomeKind KindOf(TelegramAnswer answer) => answer switch
    {
        { IsOk: true } => SendOutcomeKind.Sent,
        { MovedTo: not null } => SendOutcomeKind.Moved,
        { ErrorCode: TooManyRequests } => SendOutcomeKind.TooMany,
        { ErrorCode: Forbidden } => SendOutcomeKind.Gone,
        { ErrorCode: BadRequest } when Says(answer, "chat not found") => SendOutcomeKind.NotFound,
        { ErrorCode: BadRequest } when Says(answer, "can't parse") || Says(answer, "entit") => SendOutcomeKind.BadMarkup,
        { ErrorCode: Unauthorized or UnknownBot } => SendOutcomeKind.Failed,
        _ => SendOutcomeKind.Refused,
    };

    private static bool Says(TelegramAnswer answer, string words) => answer.Description?.Contains(words, StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>A result; null when the API refuses or fails, which the transport has logged.</summary>
    private async Task<JsonElement?> FindAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.CallAsync(method, parameters, cancellationToken) is { IsOk: true, Result.ValueKind: JsonValueKind.Object } answer ? answer.Result : null;
        }
        catch (UpstreamException)
        {
            return null;
        }
    }

    private async Task<JsonElement> RequireAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var answer = await transport.CallAsync(method, parameters, cancellationToken);
        return answer.IsOk
            ? answer.Result
            : throw new UpstreamException(
                TelegramTransport.Name, answer.ErrorCode == TooManyRequests ? UpstreamFailure.RateLimited : UpstreamFailure.BadAnswer, $"refused {method} ({answer.ErrorCode}): {answer.Description}");
    }

    private static string? TextOf(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static long? NumberOf(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
