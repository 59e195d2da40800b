using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using TraderHub.Core.KeyValue;
using TraderHub.Core.Platform;
using TraderHub.Functions.Pages;

namespace TraderHub.Functions.Http;

/// <summary>The one place that knows which status a refusal or a failure has.</summary>
internal static class Problems
{
    private const int SecondsUntilRetry = 10;

    /// <summary>The answer to an expected refusal.</summary>
    public static IResult ToProblem(this Error error) => new ProblemResult(
        StatusOf(error.Kind), error.Code, error.Detail, error.Fields, (int?)error.RetryAfter?.TotalSeconds + 1, error.Details);

    /// <summary>The answer to what was thrown. It tells nothing of the inside.</summary>
    public static IResult Of(Exception exception) => exception switch
    {
        UpstreamException upstream => OfUpstream(upstream),
        StorageConstraintException { Constraint.Kind: ConstraintKind.Unique } => new ProblemResult(
            StatusCodes.Status409Conflict, "CONFLICT", "It is there already, or was made at the same moment. Nothing was changed."),
        StorageException => new ProblemResult(
            StatusCodes.Status503ServiceUnavailable,
            "STORAGE_UNAVAILABLE",
            "The data cannot be reached at the moment. Nothing was changed; try again shortly.",
            retryAfter: SecondsUntilRetry),
        UnreadableDataException unreadable => new ProblemResult(
            StatusCodes.Status500InternalServerError,
            "STORED_DATA_UNREADABLE",
            $"Your stored {unreadable.What} cannot be read. Nothing was changed; an operator has to look at it. Name the trace id when you report it."),
        UnavailableException unavailable => unavailable.Error.ToProblem(),
        KeyValueRefusedException refused => refused.Error.ToProblem(),
        KeyValueException => new ProblemResult(
            StatusCodes.Status503ServiceUnavailable,
            "KV_UNAVAILABLE",
            "The key-value store cannot be reached at the moment. Try again shortly; what was sent may have been stored.",
            retryAfter: SecondsUntilRetry),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new ProblemResult(
            StatusCodes.Status413PayloadTooLarge, "BODY_TOO_LARGE", "The body is larger than this server reads."),
        BadHttpRequestException bad => new ProblemResult(bad.StatusCode, "BAD_REQUEST", "The request could not be read to its end."),
        _ => new ProblemResult(
            StatusCodes.Status500InternalServerError,
            "INTERNAL_ERROR",
            "Something went wrong here, and it was logged. Name the trace id when you report it."),
    };

    /// <summary>The answer when the host ends an invocation whose caller still waits.</summary>
    public static IResult Interrupted() => new ProblemResult(
        StatusCodes.Status503ServiceUnavailable, "INTERRUPTED", "The server is stopping and could not finish this. Try again.", retryAfter: SecondsUntilRetry);

    private static ProblemResult OfUpstream(UpstreamException exception) => exception.Failure switch
    {
        UpstreamFailure.Timeout => new(StatusCodes.Status504GatewayTimeout, "UPSTREAM_TIMEOUT", Describe(exception)),
        UpstreamFailure.Unreachable => new(StatusCodes.Status503ServiceUnavailable, "UPSTREAM_UNAVAILABLE", Describe(exception), retryAfter: SecondsUntilRetry),
        UpstreamFailure.RateLimited => new(StatusCodes.Status503ServiceUnavailable, "UPSTREAM_RATE_LIMITED", Describe(exception), retryAfter: SecondsUntilRetry),
        _ => new(StatusCodes.Status502BadGateway, "UPSTREAM_BAD_ANSWER", Describe(exception)),
    };

    private static string Describe(UpstreamException exception) => $"{exception.Message} Nothing was stored and nothing is made up; try again shortly.";

    /// <summary>The status of a kind of refusal.</summary>
    public static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.Stale => StatusCodes.Status412PreconditionFailed,
        ErrorKind.RuleBroken => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        ErrorKind.TooManyRequests => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new UnreachableException($"No status for {kind}."),
    };

    private sealed class ProblemResult(
        int status,
        string code,
        string detail,
        IReadOnlyDictionary<string, string[]>? fields = null,
        int? retryAfter = null,
        IReadOnlyDictionary<string, string>? details = null) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (status == StatusCodes.Status401Unauthorized)
            {
                httpContext.Response.Headers.WWWAuthenticate = "Bearer realm=\"TraderHub\"";
            }

            if (retryAfter is { } seconds)
            {
                httpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            var problem = new Problem(
                $"urn:traderhub:problem:{code.ToLowerInvariant().Replace('_', '-')}",
                ReasonPhrases.GetReasonPhrase(status),
                status,
                detail,
                httpContext.Request.Path.ToUriComponent(),
                Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier,
                code,
                fields is { Count: > 0 } ? fields : null,
                details is { Count: > 0 } ? details : null,
                Success: false,
                Error: detail);
            return PageProblems.AreWanted(httpContext.Request)
                ? PageProblems.SendAsync(httpContext, problem)
                : Reply.Json(problem, ProblemJson.Default.Problem, status, "application/problem+json").ExecuteAsync(httpContext);
        }
    }
}
