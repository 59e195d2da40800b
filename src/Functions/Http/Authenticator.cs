using Microsoft.AspNetCore.Http;
using TraderHub.Core.Platform;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Core.Worktime.SignIn;

namespace TraderHub.Functions.Http;

/// <summary>
/// Finds out who a caller is from what the request carries: an API key, a bearer token, or a cookie, in this order. A bearer token with dots is a
/// developer's, for no other has any. Of several cookies the one counts that the function is for.
/// </summary>
internal sealed class Authenticator(
    AuthOptions options,
    ISessionRepository sessions,
    IdentifyDeveloper identifyDeveloper,
    OperatorSignIns operators,
    FailedAttempts attempts,
    TimeProvider clock)
{
    /// <summary>Where programs send their key.</summary>
    public const string KeyHeader = "X-API-Key";

    private const int LongestToken = 256;

    /// <summary>The caller; a refusal when a proof is not accepted, or there is none.</summary>
    public async Task<Result<Identity>> IdentifyAsync(HttpContext http, AccessAttribute access)
    {
        var request = http.Request;
        if (request.Headers.TryGetValue(KeyHeader, out var key))
        {
            return FindProgram(key.ToString(), http);
        }

        if (SessionCookie.ReadBearer(request) is { } token)
        {
            return Secrets.AreEqual(token, options.AdminToken) ? Identity.OfOperator(isByCookie: false)
                : token.Contains('.', StringComparison.Ordinal) ? await FindDeveloperAsync(token, isByCookie: false, access, http)
                : await FindTraderAsync(token, isByCookie: false, http);
        }

        var developer = DeveloperCookie.Read(request);
        if (access.Wanted == Caller.Developer && developer is not null)
        {
            return await FindDeveloperAsync(developer, isByCookie: true, access, http);
        }

        if (await operators.IsSignedInAsync(request))
        {
            return Identity.OfOperator(isByCookie: true);
        }

        return SessionCookie.Read(request) is { } session ? await FindTraderAsync(session, isByCookie: true, http)
            : developer is not null ? await FindDeveloperAsync(developer, isByCookie: true, access, http)
            : Missing();
    }

    /// <summary>
    /// The caller of a function that anybody may call; null when there is no proof. A cookie that is no longer worth anything is none: browsers send it
    /// unasked.
    /// </summary>
    public async Task<Result<Identity?>> RecogniseAsync(HttpContext http, AccessAttribute access)
    {
        var identity = await IdentifyAsync(http, access);
        var isAsked = http.Request.Headers.ContainsKey(KeyHeader) || SessionCookie.ReadBearer(http.Request) is not null;
        return identity.Match<Result<Identity?>>(
            found => found,
            refusal => isAsked || refusal.Kind is not (ErrorKind.Unauthenticated or ErrorKind.TooManyRequests) ? refusal : (Identity?)null);
    }

    /// <summary>The operator, found also while the store, which may be what is wrong, does not answer; null when the caller is another.</summary>
    public async Task<Identity?> RecogniseOperatorAsync(HttpContext http)
    {
        if (SessionCookie.ReadBearer(http.Request) is not { } token)
        {
            return await operators.IsSignedInAsFarAsKnownAsync(http.Request) ? Identity.OfOperator(isByCookie: true) : null;
        }

        return Secrets.AreEqual(token, options.AdminToken) ? Identity.OfOperator(isByCookie: false) : null;
    }

    /// <summary>The trader whose session a visitor of a page has; null without one. An operator's cookie is not in its way.</summary>
    public async Task<Identity?> FindVisitorAsync(HttpContext http)
    {
        var address = SessionCookie.Read(http.Request) is { } token
            ? await sessions.FindAddressAsync(SessionToken.Hash(token), clock.GetInstant(), http.RequestAborted)
            : null;
        return address is { } found ? Identity.OfTrader(found, isByCookie: true) : null;
    }

    private Result<Identity> FindProgram(string key, HttpContext http)
    {
        var hash = SessionToken.Hash(key);
        if (options.ApiKeys.FirstOrDefault(candidate => Secrets.AreEqual(hash, candidate.Sha256)) is { } found)
        {
            return Identity.OfProgram(found);
        }

        return attempts.Refuse(
            http, key, new Error(ErrorKind.Unauthenticated, "API_KEY_NOT_VALID", $"The key in '{KeyHeader}' is not one of this server's."));
    }

    private async Task<Result<Identity>> FindTraderAsync(string token, bool isByCookie, HttpContext http)
    {
        var address = token.Length is > 0 and <= LongestToken
            ? await sessions.FindAddressAsync(SessionToken.Hash(token), clock.GetInstant(), http.RequestAborted)
            : null;
        if (address is { } found)
        {
            return Identity.OfTrader(found, isByCookie);
        }

        return attempts.Refuse(http, token, new Error(
            ErrorKind.Unauthenticated, "SESSION_NOT_VALID", "The token is not accepted: its session has ended, or there never was one. Sign in again."));
    }

    private async Task<Result<Identity>> FindDeveloperAsync(string token, bool isByCookie, AccessAttribute access, HttpContext http)
    {
        var found = await identifyDeveloper.ExecuteAsync(token, access.AllowsExpired, http.RequestAborted);
        if (found.Error is not { } refusal)
        {
            return Identity.OfDeveloper(found.Value, isByCookie);
        }

        // One that has expired, or whose sign-in has ended, was ours: that is no guess.
        return refusal.Code == SignInErrors.TokenNotValid ? attempts.Refuse(http, token, refusal) : refusal;
    }

    private static Error Missing() => new(
        ErrorKind.Unauthenticated,
        "AUTHENTICATION_REQUIRED",
        $"This needs a caller who is known. Send a token as 'Authorization: Bearer <token>', or an API key in '{KeyHeader}'.");
}
