using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime;
using TraderHub.Core.Worktime.Webhooks;
using TraderHub.Data.Upstream.GitHub;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>What GitHub tells by itself.</summary>
public sealed class GitHubWebhookFunctions(EndReviews endReviews, GitHubOptions options, WrongSecrets wrongSecrets)
{
    /// <summary>Takes a delivery of GitHub: a pull request that was merged or closed ends its reviews.</summary>
    [Function(nameof(ReceiveGitHubEvent))]
    [Access(Caller.Anybody)]
    [LargestBody(BodyLimits.OfDeliveries)]
    [Header(GitHubSignature.Header, "`sha256=` and the HMAC-SHA-256 of the body, with the secret that GitHub was given.", Required = true)]
    [Header("X-GitHub-Event", "What the delivery tells of.", Required = true)]
    [Header("X-GitHub-Delivery", "Names the delivery; one that was done is not done again.")]
    [Returns<DeliveryAnswer>("It was done, now or before; or the answer to a ping.")]
    [Returns<DeliveryAnswer>(StatusCodes.Status202Accepted, "It tells of nothing that matters here.")]
    [Fails(StatusCodes.Status400BadRequest, "The delivery cannot be read.", "DELIVERY_NOT_VALID", "EVENT_NOT_VALID", "MALFORMED_JSON")]
    [Fails(StatusCodes.Status401Unauthorized, "The signature is missing, or not that of the body.", "SIGNATURE_NOT_VALID")]
    [Fails(StatusCodes.Status403Forbidden, "The webhook is closed here.", "WEBHOOK_NOT_CONFIGURED")]
    [Fails(StatusCodes.Status413PayloadTooLarge, "The body is too large.", "BODY_TOO_LARGE")]
    [Fails(StatusCodes.Status429TooManyRequests, "Too many failed attempts came from this address.", "TOO_MANY_ATTEMPTS")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "STORAGE_UNAVAILABLE")]
    public async Task<IResult> ReceiveGitHubEvent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/github")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await ReadSignedAsync(request, cancellationToken);
        if (body.Error is { } refusal)
        {
            return refusal.ToProblem();
        }

        switch (request.Headers["X-GitHub-Event"].ToString())
        {
            case "ping":
                return Answer("pong");
            case "pull_request":
                var closed = GitHubEvent.ReadPullRequest(body.Value, request.HasFormContentType);
                return closed.Error is { } unreadable ? unreadable.ToProblem()
                    : closed.Value is { } pullRequest ? await EndAsync(request, pullRequest, cancellationToken)
                    : Ignored();
            default:
                return Ignored();
        }
    }

    private async Task<IResult> EndAsync(HttpRequest request, ClosedPullRequest pullRequest, CancellationToken cancellationToken)
    {
        var delivery = request.Headers["X-GitHub-Delivery"].ToString();
        if (!ClientIds.IsOne(delivery))
        {
            return new Error(ErrorKind.Invalid, "DELIVERY_NOT_VALID", "The header X-GitHub-Delivery must name the delivery, so that it is done once.").ToProblem();
        }

        return await endReviews.ExecuteAsync(delivery, pullRequest, cancellationToken) is { } ended ? Answer("done", ended) : Answer("repeated");
    }

    /// <summary>The body, once its signature has proved to be GitHub's.</summary>
    private async Task<Result<ReadOnlyMemory<byte>>> ReadSignedAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (options.WebhookSecret is not { } secret)
        {
            return new Error(
                ErrorKind.Forbidden,
                "WEBHOOK_NOT_CONFIGURED",
                $"The webhook is closed here: the setting {GitHubOptions.WebhookSecretKey}, which its signatures are checked with, is missing.");
        }

        var signature = request.Headers[GitHubSignature.Header].ToString();
        if (!GitHubSignature.IsWellFormed(signature))
        {
            return await RefuseAsync(request, signature);
        }

        var body = await RequestBody.ReadAsync(request, cancellationToken);
        return body.Error is null && !GitHubSignature.IsOf(body.Value.Span, signature, secret) ? await RefuseAsync(request, signature) : body;
    }

    private Task<Error> RefuseAsync(HttpRequest request, string signature) => wrongSecrets.RefuseAsync(
        request,
        "github-webhook",
        signature,
        new Error(
            ErrorKind.Unauthenticated,
            "SIGNATURE_NOT_VALID",
            $"The header {GitHubSignature.Header} is missing, or is not the signature of this body with the setting {GitHubOptions.WebhookSecretKey}."));

    private static IResult Ignored() => Answer("ignored", status: StatusCodes.Status202Accepted);

    private static IResult Answer(string outcome, int ended = 0, int status = StatusCodes.Status200OK) =>
        Reply.Json(new DeliveryAnswer(outcome, ended), DeveloperSignInJson.Default.DeliveryAnswer, status);
}
