using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TraderHub.Core.Trading.SignIn;
using TraderHub.Core.Worktime.SignIn;
using TraderHub.Functions.Http;
using TraderHub.Functions.Trading;

namespace TraderHub.Functions.Pages;

/// <summary>How a browser gets its session without a wallet, and how it ends one.</summary>
public sealed class SessionPageFunctions(
    SignInByCode signInByCode,
    SignOutTrader signOutTrader,
    IdentifyDeveloper identifyDeveloper,
    SignOutDeveloper signOutDeveloper,
    OperatorSignIns operatorSignIns,
    CallerZone callerZone,
    SignInOptions site,
    WrongSecrets wrongSecrets,
    AuditTrail audit)
{
    private const string Action = "sign-in by code";

    /// <summary>Signs a browser in with a link that the demo has printed (rule A12).</summary>
    [Function(nameof(SignInByCode))]
    [Access(Caller.Anybody)]
    [Page]
    [Header("Sec-Purpose", "What browsers send that only look ahead; the code is then kept.")]
    [Returns(StatusCodes.Status204NoContent, "The browser only looks ahead.")]
    [Returns(StatusCodes.Status303SeeOther, "The browser has its session, and goes to the dashboard.")]
    [Fails(StatusCodes.Status401Unauthorized, "The code was used, or is too old.", "CODE_NOT_VALID")]
    [Fails(StatusCodes.Status429TooManyRequests, "Too many failed attempts came from this address.", "TOO_MANY_ATTEMPTS")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "STORAGE_UNAVAILABLE")]
    public async Task<IResult> SignInByCode(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "signin/code/{code:maxlength(64)}")] HttpRequest request,
        [Description("The code in the link.")] string code,
        CancellationToken cancellationToken)
    {
        if (request.Headers.ContainsKey("Sec-Purpose") || request.Headers.ContainsKey("Purpose"))
        {
            return Reply.NoContent();
        }

        var session = await signInByCode.ExecuteAsync(code, cancellationToken);
        if (session.Error is { } refusal)
        {
            return (await wrongSecrets.RefuseAsync(request, Action, code, refusal)).ToProblem();
        }

        await audit.WriteAsync(request, session.Value.Address.ToString(), Action);
        await callerZone.AssumeAsync(request, session.Value.Address, cancellationToken);
        SessionCookie.Set(request.HttpContext.Response, session.Value, site.HasSecureCookies(request));
        return Reply.SeeOther("/");
    }

    /// <summary>Ends what this browser was signed in as, trader, developer or operator.</summary>
    [Function(nameof(SignOut))]
    [Access(Caller.Anybody)]
    [Page]
    [Returns(StatusCodes.Status303SeeOther, "The browser is signed out, and goes to the first page.")]
    [Fails(StatusCodes.Status503ServiceUnavailable, "The data cannot be reached.", "KV_UNAVAILABLE", "STORAGE_UNAVAILABLE")]
    public async Task<IResult> SignOut(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "signout")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (SessionCookie.Read(request) is { } token)
        {
            await signOutTrader.ExecuteAsync(token, cancellationToken);
        }

        if (DeveloperCookie.Read(request) is { } ofDeveloper
            && await identifyDeveloper.ExecuteAsync(ofDeveloper, allowsExpired: true, cancellationToken) is { Error: null } known)
        {
            await signOutDeveloper.ExecuteAsync(known.Value, cancellationToken);
        }

        if (await operatorSignIns.EndAsync(request))
        {
            await audit.WriteAsync(request, "operator", "operator sign-out");
        }

        SessionCookie.Clear(request.HttpContext.Response);
        DeveloperCookie.Clear(request.HttpContext.Response);
        return Reply.SeeOther("/");
    }
}
