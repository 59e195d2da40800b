using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Operations;

/// <summary>Lets an operator's browser in.</summary>
public sealed class OperatorSignInFunctions(AuthOptions options, FailedAttempts attempts, AuditTrail audit, TimeProvider clock)
{
    private const string Action = "operator sign-in";

    /// <summary>Takes the operator's secret and gives the browser a cookie for an hour.</summary>
    [Function(nameof(SignInOperator))]
    [Access(Caller.Anybody)]
    [Accepts<OperatorSignIn>]
    [Returns(StatusCodes.Status204NoContent, "The browser has the cookie.")]
    [Fails(StatusCodes.Status401Unauthorized, "It is not the operator's token.", "OPERATOR_TOKEN_NOT_VALID")]
    [Fails(StatusCodes.Status403Forbidden, "There is no operator here, or the page is another site's.", "FOREIGN_ORIGIN", "OPERATOR_NOT_CONFIGURED")]
    [Fails(StatusCodes.Status429TooManyRequests, "Too many failed attempts came from this address.", "TOO_MANY_ATTEMPTS")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "STORAGE_UNAVAILABLE")]
    public async Task<IResult> SignInOperator(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "signin/operator")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadJsonOrFormAsync(request, OperationsJson.Default.OperatorSignIn, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable.ToProblem();
        }

        if (Refuse(request, body.Value.Token) is { } refusal)
        {
            await audit.WriteAsync(request, "unknown", Action, refusal);
            return refusal.ToProblem();
        }

        OperatorCookie.Append(request.HttpContext, options.AdminToken!, clock.GetUtcNow());
        await audit.WriteAsync(request, "operator", Action);
        return Reply.NoContent();
    }

    private Error? Refuse(HttpRequest request, string token)
    {
        if (options.AdminToken is null)
        {
            return Refusals.NoOperator();
        }

        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && origin != $"{request.Scheme}://{request.Host}")
        {
            return new Error(ErrorKind.Forbidden, "FOREIGN_ORIGIN", "Operators sign in from this server's own pages.");
        }

        if (attempts.GetWait(request.HttpContext) is { } wait)
        {
            return Refusals.TooManyAttempts(wait);
        }

        if (Secrets.AreEqual(token, options.AdminToken))
        {
            return null;
        }

        attempts.Add(request.HttpContext, token);
        return new Error(ErrorKind.Unauthenticated, "OPERATOR_TOKEN_NOT_VALID", "This is not the operator's token.");
    }
}
