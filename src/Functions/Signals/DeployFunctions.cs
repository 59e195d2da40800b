using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Signals.Telegram.Broadcasts;
using TraderHub.Data.Upstream.Telegram;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Signals;

/// <summary>What the pipeline that deploys the bot tells its subscribers.</summary>
public sealed class DeployFunctions(NotifyDeploy notifyDeploy, TelegramOptions options, WrongSecrets wrongSecrets)
{
    private const string Bearer = "Bearer ";

    private const int MostErrors = 20;

    private const int LongestMessage = 4000;

    private const int LongestUrl = 500;

    /// <summary>Tells every subscriber of a version. The same commit is told once.</summary>
    [Function(nameof(NotifyOfDeploy))]
    [Access(Caller.Anybody)]
    [Accepts<DeployBody>]
    [Header("Authorization", "`Bearer` and the setting `Telegram:DeployToken`, unless `token` of the body has it.")]
    [Returns<DeployAnswer>("It is told, or will be.")]
    [Fails(StatusCodes.Status401Unauthorized, "The token is missing or wrong.", "TOKEN_NOT_VALID")]
    [Fails(StatusCodes.Status403Forbidden, "The route is closed here.", "DEPLOY_NOT_CONFIGURED")]
    public async Task<IResult> NotifyOfDeploy(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/deploy-notify")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (options is not { DeployToken: { } token, BotToken: not null })
        {
            return new Error(
                ErrorKind.Forbidden,
                "DEPLOY_NOT_CONFIGURED",
                $"The route is closed here: the setting {(options.BotToken is null ? TelegramOptions.BotTokenKey : TelegramOptions.DeployTokenKey)} is missing.").ToProblem();
        }

        var header = request.Headers.Authorization.ToString();
        var sent = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
        if (sent is not null && !Secrets.AreEqual(sent, token))
        {
            return await RefuseAsync(request, sent);
        }

        var body = await RequestFields.ReadAsync(request, TelegramHttpJson.Default.DeployBody, Check, cancellationToken);
        if (body.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        var fields = body.Value.Value;
        if (sent is null && !Secrets.AreEqual(fields.Token ?? string.Empty, token))
        {
            return await RefuseAsync(request, fields.Token ?? string.Empty);
        }

        var told = await notifyDeploy.ExecuteAsync(new(fields.CommitHash, fields.CommitMessage, new Uri(fields.CommitUrl)), cancellationToken);
        var errors = told.Failed.Take(MostErrors).Select(message => new DeployError(message.ChatId, message.Error ?? "refused"));
        return Reply.Json(
            new DeployAnswer(Success: true, new(told.Subscribers, told.Sent, told.Waiting, told.Failed.Count, [.. errors])), TelegramHttpJson.Default.DeployAnswer);
    }

    private static void Check(DeployBody body, FieldErrors errors)
    {
        errors.Require(body.CommitHash is { Length: >= 4 and <= 64 } && body.CommitHash.All(char.IsAsciiHexDigit), "commitHash", "must be 4 to 64 hexadecimal digits.");
        errors.Require(body.CommitMessage is { Length: > 0 and <= LongestMessage }, "commitMessage", $"must have 1 to {LongestMessage} characters.");
        errors.Require(
            body.CommitUrl is { Length: <= LongestUrl } && Uri.TryCreate(body.CommitUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https",
            "commitUrl",
            "must be an http or https address.");
    }

    private async Task<IResult> RefuseAsync(HttpRequest request, string sent) => (await wrongSecrets.RefuseAsync(
        request,
        "deploy-notify",
        sent,
        new Error(ErrorKind.Unauthenticated, "TOKEN_NOT_VALID", $"Invalid token: send the setting {TelegramOptions.DeployTokenKey} as Bearer token or as 'token'."))).ToProblem();
}
