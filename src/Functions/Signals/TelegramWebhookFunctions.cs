using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Telegram.Updates;
using TraderHub.Data.Upstream.Telegram;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Signals;

/// <summary>Where Telegram sends what happens in the bot's chats.</summary>
public sealed class TelegramWebhookFunctions(ReceiveUpdate receiveUpdate, TelegramOptions options, WrongSecrets wrongSecrets)
{
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    /// <summary>Takes an update. It is stored before it is acknowledged; one that was taken before is not done again.</summary>
    [Function(nameof(ReceiveTelegramUpdate))]
    [Access(Caller.Anybody)]
    [LargestBody(BodyLimits.OfKnownCallers)]
    [Header(SecretHeader, "The secret that Telegram was given with the webhook's address.", Required = true)]
    [Returns<WebhookAnswer>("It is stored; what it asks for is done now or soon.")]
    [Fails(StatusCodes.Status400BadRequest, "The body is not JSON.", "MALFORMED_JSON")]
    [Fails(StatusCodes.Status401Unauthorized, "The secret is missing or wrong.", "SECRET_NOT_VALID")]
    [Fails(StatusCodes.Status403Forbidden, "The webhook is closed here.", "WEBHOOK_NOT_CONFIGURED")]
    [Fails(StatusCodes.Status413PayloadTooLarge, "The body is too large.", "BODY_TOO_LARGE")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "It cannot be stored; Telegram sends it again.", "STORAGE_UNAVAILABLE")]
    public async Task<IResult> ReceiveTelegramUpdate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/telegram/webhook")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (options is not { WebhookSecret: { } secret, BotToken: not null })
        {
            return new Error(
                ErrorKind.Forbidden,
                "WEBHOOK_NOT_CONFIGURED",
                $"The webhook is closed here: the setting {(options.BotToken is null ? TelegramOptions.BotTokenKey : TelegramOptions.WebhookSecretKey)} is missing.").ToProblem();
        }

        var sent = request.Headers[SecretHeader].ToString();
        if (!Secrets.AreEqual(sent, secret))
        {
            var refusal = new Error(ErrorKind.Unauthenticated, "SECRET_NOT_VALID", $"The header {SecretHeader} is missing or wrong.");
            return (await wrongSecrets.RefuseAsync(request, "telegram-webhook", sent, refusal)).ToProblem();
        }

        var body = await RequestBody.ReadAsync(request, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        try
        {
            using var document = JsonDocument.Parse(body.Value);
            if (UpdateReader.Read(document.RootElement) is { } update)
            {
                await receiveUpdate.ExecuteAsync(update, cancellationToken);
            }
        }
        catch (JsonException)
        {
            return new Error(ErrorKind.Invalid, "MALFORMED_JSON", "The body is not valid JSON.").ToProblem();
        }

        return Reply.Json(new WebhookAnswer(Ok: true), TelegramHttpJson.Default.WebhookAnswer);
    }
}
