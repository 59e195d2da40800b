using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Platform;
using TraderHub.Core.Worktime.SignIn;
using TraderHub.Functions.Http;

namespace TraderHub.Functions.Worktime;

/// <summary>Staying signed in, and signing out.</summary>
public sealed class DeveloperSessionFunctions(
    RefreshDeveloperToken refreshDeveloperToken,
    SignOutDeveloper signOutDeveloper,
    IDeveloperRepository developers,
    GitHubSignInSite site,
    AuditTrail audit,
    TimeProvider clock)
{
    /// <summary>Exchanges a token, expired or not, for the next one.</summary>
    [Function(nameof(RefreshDeveloperToken))]
    [Access(Caller.Developer, AllowsExpired = true)]
    [Returns<TokenAnswer>("The next token.")]
    [Returns(StatusCodes.Status204NoContent, "The next token is in the cookie that the last one came in, where scripts cannot read it.")]
    [Fails(StatusCodes.Status401Unauthorized, "The sign-in has ended: it is seven days old, was ended, or the token was used before.", "SIGN_IN_ENDED", "TOKEN_REUSED")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "KV_UNAVAILABLE")]
    public async Task<IResult> RefreshDeveloperToken(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "auth/refresh")] HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = request.Identity();
        var refreshed = await refreshDeveloperToken.ExecuteAsync(caller.Token!, cancellationToken);
        if (refreshed.Error is { } refusal)
        {
            if (refusal.Code == SignInErrors.TokenReused)
            {
                await audit.WriteAsync(request, caller.Name, "token refresh", refusal);
            }

            return refusal.ToProblem();
        }

        if (!caller.IsByCookie)
        {
            return Reply.Json(new TokenAnswer(refreshed.Value.Token), DeveloperSignInJson.Default.TokenAnswer);
        }

        var lifetime = (refreshed.Value.ExpiresAt - clock.GetInstant()).ToTimeSpan();
        DeveloperCookie.Set(request.HttpContext.Response, refreshed.Value.Token, lifetime, site.HasSecureCookies(request));
        return Reply.NoContent();
    }

    /// <summary>Ends the sign-in that the token goes back to, expired or not.</summary>
    [Function(nameof(SignOutDeveloper))]
    [Access(Caller.Developer, AllowsExpired = true)]
    [Returns(StatusCodes.Status204NoContent, "The sign-in has ended.")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "KV_UNAVAILABLE")]
    public async Task<IResult> SignOutDeveloper(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "auth/logout")] HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = request.Identity();
        await signOutDeveloper.ExecuteAsync(caller.Token!, cancellationToken);
        await audit.WriteAsync(request, caller.Name, "sign-out");
        DeveloperCookie.Clear(request.HttpContext.Response);
        return Reply.NoContent();
    }

    /// <summary>Whether a developer has signed in, and who.</summary>
    [Function(nameof(GetDeveloperStatus))]
    [Access(Caller.Anybody, Knows = Caller.Developer)]
    [Returns<DeveloperStatus>("Who has signed in, or that nobody has.")]
    public async Task<IResult> GetDeveloperStatus(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "auth/status")] HttpRequest request, CancellationToken cancellationToken)
    {
        var token = request.TokenIfKnown();
        var developer = token is null ? null : await developers.FindAsync(token.DeveloperId, cancellationToken);
        return Reply.Json(
            developer is null ? DeveloperStatus.Nobody : DeveloperStatus.From(developer, token!), DeveloperSignInJson.Default.DeveloperStatus);
    }
}
