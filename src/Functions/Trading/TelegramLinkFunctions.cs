using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.Links;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Trading;

/// <summary>A code that links a Telegram chat.</summary>
/// <param name="Code">The code.</param>
/// <param name="Command">What is sent to the bot.</param>
/// <param name="ExpiresAt">When the code is no longer good.</param>
public sealed record TelegramLinkAnswer(string Code, string Command, string ExpiresAt);

/// <summary>How a trader links a Telegram chat to the account.</summary>
public sealed class TelegramLinkFunctions(ILinkCodes codes, TimeProvider clock)
{
    /// <summary>Makes a code for the bot's command `/link`, good for ten minutes and one chat. Earlier codes of the trader are good no more.</summary>
    [Function(nameof(CreateTelegramLink))]
    [Access(Caller.Trader)]
    [Returns<TelegramLinkAnswer>("The code. It is shown once.")]
    public async Task<IResult> CreateTelegramLink(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/alerts/telegram-link")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (code, now) = (LinkCode.Create(), clock.GetInstant());
        await codes.AddAsync(SessionToken.Hash(code), request.Trader(), now, now + LinkCode.Lifetime, cancellationToken);
        return Reply.Json(new TelegramLinkAnswer(code, $"/link {code}", (now + LinkCode.Lifetime).ToIso()), TelegramLinkJson.Default.TelegramLinkAnswer);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TelegramLinkAnswer))]
internal sealed partial class TelegramLinkJson : JsonSerializerContext;
